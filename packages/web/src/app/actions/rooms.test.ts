// The list of rooms, and what happens in them while it is on its way.
import type { Me, Room, ServerFrame } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import type { Core } from "../core.ts";
import { receive } from "../follow.ts";
import { initialState } from "../state.ts";
import { createAppStore } from "../store.ts";
import { loadRoom, loadRooms } from "./rooms.ts";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const user = fakeUser;
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
const message = (seq: number) => fakeMessage(seq, { content: `words ${seq}`, created_at: me.created_at });
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

/** A client whose lists of rooms are answered by hand, and single rooms by `one`. */
function opened(one: (id: number) => object | Promise<object>) {
  const store = createAppStore();
  store.setState((state) => ({ ...state, ...initialState, phase: "in", me }));
  const asked: string[] = [];
  const lists: ((list: object) => void)[] = [];
  const get = (path: string, { params }: { params?: { id: number } } = {}) => {
    asked.push(path + (params?.id ?? ""));
    return params ? Promise.resolve(one(params.id)) : new Promise((resolve) => lists.push(resolve));
  };
  const rest = { clock: { now: () => NOW }, connection: { send: () => true }, outbox: { pump: () => undefined } };
  return { core: { store, api: { get }, ...rest } as unknown as Core, asked, lists, store };
}
const cardOf = ({ epoch: _epoch, last_seq: _seq, ...rest }: Room): object => ({ ...rest, my_role: null });

describe("coming into a room", () => {
  const added: ServerFrame = { type: "room_added", room: 9, details: room(9, 1) };

  it("is not undone by a list that was read before", async () => {
    for (const old of [[], [cardOf(room(9, 1))]]) {
      const { core, lists, asked, store } = opened((id) => ({ ...room(id, 1), participants: [] }));
      const done = loadRooms(core);
      receive(core, added);
      lists[0]?.({ results: [room(7, 3), ...old], next: null });
      await done;
      expect(Object.values(store.getState().rooms.byId).map(({ id, my_role }) => [id, my_role])).toEqual([
        [7, "member"],
        [9, "member"],
      ]);
      expect(asked).toEqual(["/api/chat/rooms/", "/api/chat/rooms/{id}/9"]);
      const again = loadRooms(core);
      lists[1]?.({ results: [room(7, 3)], next: null });
      await again;
      expect(Object.keys(store.getState().rooms.byId)).toEqual(["7"]);
    }
  });

  it("is not undone by a card that was read before", async () => {
    let answer: (card: object) => void = () => undefined;
    const answers = [new Promise<object>((resolve) => (answer = resolve)), { ...room(9, 1), participants: [] }];
    const { core, asked, store } = opened(() => answers.shift() ?? {});
    const done = loadRoom(core, 9);
    receive(core, added);
    answer(cardOf(room(9, 1)));
    await done;
    expect(store.getState().rooms.byId[9]).toMatchObject({ my_role: "member", participants: [] });
    expect(asked).toHaveLength(2);
  });
});

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
