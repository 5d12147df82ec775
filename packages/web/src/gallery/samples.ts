// A believable school for the gallery: people, rooms and a conversation.
import type { RoomCard, UserCard } from "@homeroom/protocol";
import type { ShownMessage } from "../features/messages/message-row.tsx";
import type { RoomRowItem } from "../features/rooms/room-row-item.ts";

const names: [string, UserCard["role"]][] = [
  ["Dr. Miriam Vogel", "teacher"],
  ["Jonas Brandt", "student"],
  ["Aylin Demir", "student"],
  ["Mateusz Kowalski", "student"],
  ["Linh Nguyen", "student"],
  ["Thomas Okafor", "teacher"],
  ["Fatima El-Sayed", "student"],
  ["Ines Baumgartner", "admin"],
];

export const people: UserCard[] = names.map(([display_name, role], index) => ({
  id: index + 1,
  username: display_name.toLowerCase().replaceAll(/[^a-z]+/g, "."),
  display_name,
  role,
  avatar_url: null,
}));

export function person(name: string): UserCard {
  const found = people.find((candidate) => candidate.display_name.includes(name));
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

export const room: RoomCard = {
  id: 11,
  name: "Biology 9b",
  description: "Cells and tissues · test on 21 November",
  host: person("Vogel"),
  public: true,
  discoverable: true,
  is_active: true,
  participant_count: 24,
  max_participants: 1000,
  my_role: "host",
  join_request: null,
};

export const theatre: RoomCard = {
  ...room,
  id: 41,
  name: "Theatre AG",
  public: false,
  my_role: null,
  host: person("Okafor"),
  participant_count: 31,
};

const today = (clock: string) => {
  const [hours, minutes] = clock.split(":").map(Number);
  return new Date(new Date().setHours(hours ?? 0, minutes ?? 0, 0, 0)).toISOString();
};

const row = (id: number, name: string, more: Partial<RoomRowItem> = {}): RoomRowItem => ({
  id,
  name,
  locked: false,
  unread: 0,
  mentions: 0,
  ...more,
});

export const myRooms: RoomRowItem[] = [
  row(11, "Biology 9b", { at: today("10:14"), preview: "Mateusz: which slide is next?", requests: 3 }),
  row(12, "🔭 Physics 10 · Optics", { unread: 3, at: today("09:58"), preview: "Noah: the lens is f = 15 cm" }),
  row(13, "9b Homeroom", { unread: 4, mentions: 1, at: today("09:31"), preview: "Emma: who brings the cups?" }),
  row(14, "🎨 Art 8 and 9", {
    muted: true,
    unread: 7,
    at: "2026-11-18T09:00:00.000Z",
    preview: "Leonie: photos are up",
  }),
  row(15, "Maths study group", { locked: true, unread: 128, at: today("10:02"), preview: "Linh: why −1 and not 1?" }),
  row(16, "🤖 Robotics club", { locked: true, at: "2026-11-17T09:00:00.000Z", preview: "You: motors arrived 🎉" }),
  row(17, "A room with a name that is much too long for the list", { draft: true, preview: "You: see you" }),
];

export const openRooms: RoomRowItem[] = [
  row(40, "♟️ Chess at lunch", { end: "join", preview: "12 members" }),
  row(41, "Theatre AG", { end: "ask", locked: true, preview: "31 members" }),
  row(42, "Chemistry 10", { end: "asked", locked: true, preview: "24 members" }),
  row(43, "Choir", { end: "full", preview: "30 members" }),
  row(44, "Garden", { end: "joining", preview: "8 members" }),
];

let nextId = 100;

export function message(name: string, clock: string, content: string, more: Partial<ShownMessage> = {}): ShownMessage {
  nextId += 1;
  return {
    id: nextId,
    sender: person(name),
    content,
    reply_preview: null,
    created_at: today(clock),
    edited_at: null,
    deleted: false,
    ...more,
  };
}

export const quoted: NonNullable<ShownMessage["reply_preview"]> = {
  id: 90,
  sender: person("Jonas"),
  excerpt: "Ours looks like a brick wall 😄 is that right?",
  deleted: false,
};

export const conversation: { message: ShownMessage; first: boolean; hover?: boolean; forMe?: boolean }[] = [
  { message: message("Jonas", "09:48", "Ours looks like a brick wall 😄 is that right?"), first: true },
  { message: message("Jonas", "09:49", "The dark dots should be the nuclei, I think."), first: false },
  {
    message: message(
      "Aylin",
      "09:52",
      "Same here! My cell is 48 mm long on paper, so at 400× the real length is 48 ÷ 400 = 0.12 mm.",
      { reply_preview: quoted },
    ),
    first: true,
    hover: true,
  },
  {
    message: message("Vogel", "09:55", "Exactly right, Aylin. Bricks is a good word: plant cells have a stiff wall."),
    first: true,
  },
  {
    message: message(
      "Vogel",
      "09:56",
      "Read more at https://example.org/cells (page 3). Then:\n– draw one cell\n– label it",
    ),
    first: false,
  },
];
