// The list of rooms, and what happens in them while it is on its way.
import type { Me, Message, Room, ServerFrame, UserCard } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import type { Core } from "../core.ts";
import { receive } from "../follow.ts";
import { initialState } from "../state.ts";
import { createAppStore } from "../store.ts";
import { loadRooms } from "./rooms.ts";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const user = (id: number): UserCard => {
  return { id, username: `u${id}`, display_name: `User ${id}`, role: "student", avatar_url: null };
};
const me: Me = { ...user(1), email: null, created_at: "2026-01-01T00:00:00.000Z" };
const room = (id: number, last_seq: number): Room => ({
  id,
  name: `Room ${id}`,
  description: "",
  host: user(2),
  public: true,
  discoverable: true,
  is_active: true,
  participant_count: 2,
  max_participants: 30,
  my_role: "member",
  join_request: null,
  allow_uploads: true,
  allow_voice: true,
  private_replies: true,
  slow_mode_s: 0,
  updated_at: me.created_at,
  created_at: me.created_at,
  epoch: "e",
  last_seq,
  unread_count: last_seq,
  mention_count: 0,
  last_message: null,
  pending_requests: null,
  quiet: false,
  my_mute: null,
});
const message = (seq: number): Message => ({
  id: seq,
  room: 7,
  seq,
  client_id: null,
  sender: user(2),
  content: `words ${seq}`,
  reply_to: null,
  reply_preview: null,
  thread_root: null,
  also_in_room: false,
  replies: null,
  attachments: [],
  reactions: [],
  pinned: false,
  created_at: me.created_at,
  edited_at: null,
  deleted: false,
});
const hello: ServerFrame = {
  type: "hello",
  user: me,
  heartbeat_ms: 25_000,
  limits: {},
  logs: [
    { room: 7, epoch: "e", head: 3, read: 0 },
    { room: 8, epoch: "e", head: 5, read: 0 },
  ],
};
const word: ServerFrame = { type: "chat_message", room: 7, seq: 4, message: message(4) };

describe("the list of rooms", () => {
  it("asks again for a room in which something happened after the list was read", async () => {
    const store = createAppStore();
    store.setState((state) => ({ ...state, ...initialState, phase: "in", me }));
    const asked: string[] = [];
    let answer: (list: object) => void = () => undefined;
    const get = (path: string, { params }: { params?: { id: number } } = {}) => {
      asked.push(path + (params?.id ?? ""));
      if (params) return Promise.resolve({ ...room(params.id, 4), participants: [] });
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const rest = { clock: { now: () => NOW }, connection: { send: () => true }, outbox: { pump: () => undefined } };
    const core = { store, api: { get }, ...rest } as unknown as Core;

    receive(core, hello);
    const list = answer;
    const done = loadRooms(core);
    receive(core, word);
    list({ results: [room(7, 3), room(8, 5)], next: null });
    answer({ results: [room(7, 3), room(8, 5)], next: null });
    await done;
    expect(store.getState().rooms.byId[7]).toMatchObject({ last_seq: 4, unread_count: 4 });
    expect(store.getState().rooms.byId[8]).toMatchObject({ last_seq: 5, unread_count: 5 });
    expect(new Set(asked)).toEqual(new Set(["/api/chat/rooms/", "/api/chat/rooms/{id}/7"]));
  });
});
