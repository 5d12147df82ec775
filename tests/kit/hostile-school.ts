// A school in which everybody means harm: people, rooms, requests and messages named and worded by the payloads.
import type { School } from "./people.ts";
import { PASSWORD } from "./people.ts";
import { NOTES, SHORT, WORDS } from "./payloads.ts";

export interface HostileSchool {
  /** A public room of "ms-vogel" with all of them in it: each has said something, and "jonas" has quoted it. */
  wall: number;
  /** Of each of `WORDS`, in the wall. */
  said: number[];
  /** Said on the wall by "ms-vogel"; its replies are `WORDS`. */
  root: number;
  /** Between "jonas" and "ms-vogel"; "jonas" says `WORDS`. */
  chat: number;
  /** A private room of "ms-vogel" at whose door each of them waits, with a note. */
  door: number;
  /** Private rooms of "ms-vogel", each named and described by a payload; "jonas" was refused there, with a reason. */
  rooms: number[];
  /** Their own tokens. */
  tokens: string[];
}

type Ask = <T = { id: number }>(path: string, body?: object) => Promise<T>;

const asker =
  (url: string, token?: string): Ask =>
  async (path, body = {}) => {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${url}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return JSON.parse(text || "{}");
  };

/** So many at once as a server likes; the answers are in the order of the items. */
const each = async <T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const run = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      // Eight of these run side by side.
      // oxlint-disable-next-line no-await-in-loop
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: 8 }, run));
  return results;
};

const longName = (text: string) => ([...text].length < 3 ? `${text}...` : text);

export const roomNames: readonly string[] = SHORT.map(({ text }) => longName(text));
const shift = <T>(items: readonly T[], by: number) => items.map((_, at) => items[(at + by) % items.length] as T);
/** Of the room with the same index; another payload than its name. */
export const roomReasons = shift(SHORT, 7);
export const roomDescriptions = shift(SHORT, 3);

export const seedHostileSchool = async (school: School): Promise<HostileSchool> => {
  const { url } = school;
  const teacher = asker(url, school.tokenOf("ms-vogel"));
  const jonas = asker(url, school.tokenOf("jonas"));
  const tokens = await each(SHORT, async ({ text }, n) => {
    const account = { username: `payload-${n}`, password: PASSWORD, display_name: text };
    return (await asker(url)<{ access: string }>("/auth/register/", account)).access;
  });
  const people = tokens.map((token) => asker(url, token));
  const speaker = (n: number) => people[n % people.length] as Ask;
  const { id: wall } = await teacher("/chat/rooms/", { name: "The wall", public: true });
  const { id: door } = await teacher("/chat/rooms/", { name: "The door", public: false });
  await jonas(`/chat/rooms/${wall}/join/`);
  const messages = `/chat/rooms/${wall}/messages/`;
  const { id: root } = await teacher(messages, { content: "first of all" });
  await each(people, (ask) => ask(`/chat/rooms/${wall}/join/`));
  await each(people, (ask, n) => ask(`/chat/rooms/${door}/join-request/`, { note: NOTES[n]?.text }));
  const said = await each(WORDS, async ({ text }, n) => (await speaker(n)(messages, { content: text })).id);
  await each(said, (id, n) => jonas(messages, { content: `answer-${n}.`, reply_to: id }));
  await each(said, (id) => teacher(messages, { content: "noted", thread_root: id }));
  await each(WORDS, ({ text }, n) => speaker(n)(messages, { content: text, thread_root: root }));
  const teacherId = (await school.call<{ id: number }>("ms-vogel", "GET", "/auth/me/")).id;
  const { id: chat } = await jonas("/chat/private-threads/", { user_id: teacherId, room_id: wall });
  await jonas(`/chat/private-threads/${chat}/messages/`, { content: "first of all" });
  await each(WORDS, ({ text }) => jonas(`/chat/private-threads/${chat}/messages/`, { content: text }));
  const rooms = await each(roomNames, async (name, n) => {
    const description = roomDescriptions[n]?.text;
    const { id } = await teacher("/chat/rooms/", { name, description, public: false, discoverable: true });
    const request = await jonas(`/chat/rooms/${id}/join-request/`, { note: name });
    await teacher(`/chat/rooms/${id}/deny-join/${request.id}/`, { reason: roomReasons[n]?.text });
    return id;
  });
  const { seq } = await teacher<{ id: number; seq: number }>(messages, { content: "last of all" });
  for (const who of [teacher, jonas]) await who(`/chat/rooms/${wall}/read/`, { seq });
  return { wall, said, root, chat, door, rooms, tokens };
};
