// What a row of the rooms list shows, worked out from a room, its card or a private chat.
import type { Message, PresenceState, PrivateThread, Room, RoomCard, UserCard } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { foldText, shortName } from "../../ui/names.ts";

/** What stands at the end of a row: a way in, or why there is none. */
export type RoomRowEnd = "join" | "joining" | "ask" | "asking" | "asked" | "full";

export interface RoomRowItem {
  id: number;
  name: string;
  /** Private rooms carry a lock. */
  locked: boolean;
  unread: number;
  mentions: number;
  muted?: boolean;
  /** Something was typed here and not sent. */
  draft?: boolean;
  /** People waiting to be let in, for hosts. */
  requests?: number;
  /** One line under the name, on phones. */
  preview?: string;
  /** The instant of the last message. */
  at?: string | null;
  end?: RoomRowEnd;
}

const words = {
  you: "You",
  deleted: "Message deleted",
  members: (count: number) => `${count} ${count === 1 ? "member" : "members"}`,
};

const oneLine = ({ deleted, content, attachments }: Pick<Message, "deleted" | "content" | "attachments">): string =>
  deleted ? words.deleted : content.replaceAll(/\s+/g, " ") || fileWords(attachments);

function previewOf(room: Room, me: UserCard): string {
  const last = room.last_message;
  if (!last) return room.description;
  const author = last.sender.id === me.id ? words.you : shortName(last.sender.display_name);
  return `${author}: ${oneLine(last)}`;
}

/** A row of "My rooms". */
export function memberRow(room: Room, me: UserCard, more: Partial<RoomRowItem> = {}): RoomRowItem {
  return {
    id: room.id,
    name: room.name,
    locked: !room.public,
    unread: room.unread_count,
    mentions: room.mention_count,
    muted: room.quiet,
    preview: previewOf(room, me),
    at: room.last_message?.created_at ?? null,
    ...more,
  };
}

/** Somebody who was removed from an open room has to ask like anybody at a closed one. */
function endOf(card: RoomCard, removed: boolean): RoomRowEnd {
  if (card.join_request?.status === "pending") return "asked";
  if (card.participant_count >= card.max_participants) return "full";
  return card.public && !removed ? "join" : "ask";
}

export interface StrangerState {
  /** The click was made and is not answered yet. */
  busy?: boolean;
  /** This person was removed from the room. */
  removed?: boolean;
}

/** A row of "Open to join". */
export function strangerRow(card: RoomCard, { busy = false, removed = false }: StrangerState = {}): RoomRowItem {
  const end = endOf(card, removed);
  const waiting = { join: "joining", ask: "asking" } as const;
  return {
    id: card.id,
    name: card.name,
    locked: !card.public,
    unread: 0,
    mentions: 0,
    preview: words.members(card.participant_count),
    end: busy && (end === "join" || end === "ask") ? waiting[end] : end,
  };
}

/** A private chat as the list shows it. */
export interface PrivateRowItem {
  id: number;
  person: { id: number; name: string; staff: boolean; presence: PresenceState };
  /** The name of the room it belongs to. */
  room: string;
  unread: number;
  draft?: boolean;
  /** Somebody closed it: it can be read. */
  closed: boolean;
  preview: string;
  at: string | null;
}

/** @param more what the chat itself does not know */
export function privateRow(
  thread: PrivateThread,
  me: UserCard,
  more: { room: string; presence: PresenceState; draft?: boolean },
): PrivateRowItem {
  const other = thread.user1.id === me.id ? thread.user2 : thread.user1;
  const last = thread.last_message;
  const mine = last?.sender.id === me.id ? `${words.you}: ` : "";
  return {
    id: thread.id,
    person: { id: other.id, name: other.display_name, staff: other.role !== "student", presence: more.presence },
    room: more.room,
    unread: thread.unread_count,
    draft: more.draft,
    closed: !thread.is_active,
    preview: last ? mine + oneLine(last) : more.room,
    at: last?.created_at ?? null,
  };
}

/** Whether a name has every typed word in it, whatever the case and the accents. */
export function isLike(name: string, typed: string): boolean {
  const target = foldText(name);
  return foldText(typed)
    .split(/\s+/)
    .every((word) => target.includes(word));
}
