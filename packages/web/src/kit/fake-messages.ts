// People and messages for tests, as the server tells them: a test names only what it is about.
import type { Message, PrivateMessage, UserCard } from "@homeroom/protocol";

export const fakeUser = (id: number, more: Partial<UserCard> = {}): UserCard => {
  return { id, username: `u${id}`, display_name: `User ${id}`, role: "student", avatar_url: null, ...more };
};

type Shared = Omit<Message, "room">;

const fields = (id: number): Shared => ({
  id,
  seq: id,
  client_id: null,
  sender: fakeUser(2),
  content: "words",
  reply_to: null,
  reply_preview: null,
  thread_root: null,
  also_in_room: false,
  replies: null,
  attachments: [],
  reactions: [],
  pinned: false,
  created_at: "2026-03-02T08:00:00.000Z",
  edited_at: null,
  deleted: false,
});

/** "words" of user 2 in room 7, with its id as its seq. */
export const fakeMessage = (id: number, more: Partial<Message> = {}): Message => ({ room: 7, ...fields(id), ...more });

/** The same in private thread 5. */
export const fakePrivate = (id: number, more: Partial<PrivateMessage> = {}): PrivateMessage => ({
  thread: 5,
  ...(fields(id) as Omit<PrivateMessage, "thread">),
  ...more,
});
