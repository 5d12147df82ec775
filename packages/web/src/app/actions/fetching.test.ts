// Pages that are read before some events and arrive after them: whatever the order, the screen is that of a fresh load.
import type { DurableFrame, Me, Message } from "@homeroom/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import { repliesPlace, roomPlace } from "../../features/messages/place.ts";
import { knowLog } from "../../kit/logs.ts";
import type { Core } from "../core.ts";
import { receive } from "../follow.ts";
import { type AppState, initialState } from "../state.ts";
import { createAppStore } from "../store.ts";
import { loadOlder, openPlace } from "./history.ts";
import { loadPins } from "./pins.ts";
import { loadFollowed } from "./reply-threads.ts";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const user = fakeUser;
const me: Me = { ...user(1), email: null, created_at: "2026-01-01T00:00:00.000Z" };
const ROOM = 7;
/** Two pages of them; the first two have replies. */
const FIRST = 58;
const REPLIED = [1, 2];
const at = (seq: number) => new Date(NOW + seq * 1000).toISOString();

interface Query {
  before?: string;
  limit?: string;
}

/** A server with one room: what it has said, and what it answers now. */
class School {
  readonly messages = new Map<number, Message>();
  readonly pins: number[] = [];
  readonly log: DurableFrame[] = [];

  constructor() {
    for (let seq = 1; seq <= FIRST; seq += 1) this.#add(null, REPLIED.includes(seq) ? 1 : 2);
    for (const root of REPLIED) this.#add(root, 2);
  }

  #push(frame: { type: DurableFrame["type"] } & Record<string, unknown>): void {
    this.log.push({ ...frame, room: ROOM, seq: this.log.length + 1 } as DurableFrame);
  }

  #add(thread_root: number | null, sender: number): void {
    const id = this.log.length + 1;
    const quoted = thread_root === null && id > 10 ? this.messages.get(id - 10) : undefined;
    const message = fakeMessage(id, {
      room: ROOM,
      sender: user(sender),
      content: `words ${id}`,
      reply_to: quoted?.id ?? null,
      reply_preview: quoted
        ? { id: quoted.id, sender: quoted.sender, excerpt: quoted.content, deleted: quoted.deleted }
        : null,
      thread_root,
      created_at: at(id),
    });
    this.messages.set(id, message);
    this.#push({ type: "chat_message", message });
  }

  /** As it is now, for me or, in an event, for everybody. */
  show(id: number, isForAll = false): Message {
    const message = this.messages.get(id) as Message;
    const all = [...this.messages.values()].filter((one) => one.thread_root === id);
    const count = all.filter((one) => !one.deleted).length;
    const own = isForAll ? { unread_count: null, following: null } : { unread_count: count, following: true };
    const last_at = all.at(-1)?.created_at ?? null;
    const replies = all.length > 0 ? { count, last_at, people: [user(2)], ...own } : null;
    const quoted = this.messages.get(message.reply_to ?? 0);
    const { reply_preview } = message;
    const excerpt = quoted?.content ?? "";
    const deleted = quoted?.deleted ?? false;
    return { ...message, replies, reply_preview: reply_preview && { ...reply_preview, excerpt, deleted } };
  }

  /** Something happens to a message. */
  step({ kind, which }: Step): void {
    const ids = [...this.messages.keys()];
    // What has replies, and the replies, are met more often than by chance.
    const id = (which % 2 ? ids[which % ids.length] : [...REPLIED, ...ids.slice(FIRST)][which % 5]) ?? 1;
    const old = this.messages.get(id) as Message;
    if (kind === "reply") return this.#add(REPLIED[which % 2] ?? 1, 2);
    if (kind === "say") return this.#add(null, 2);
    if (old.deleted) return;
    const edited_at = at(this.log.length + 1);
    switch (kind) {
      case "edit":
        this.messages.set(id, { ...old, content: `edited ${edited_at}`, edited_at });
        return this.#push({ type: "message_edited", message: this.show(id, true) });
      case "delete":
        this.messages.set(id, { ...old, content: "", deleted: true, reactions: [], pinned: false });
        if (old.pinned) this.pins.splice(this.pins.indexOf(id), 1);
        return this.#push({ type: "message_deleted", message: this.show(id, true) });
      case "react": {
        const reactions = old.reactions.length > 0 ? [] : [{ emoji: "👍", count: 1, user_ids: [2] }];
        this.messages.set(id, { ...old, reactions });
        return this.#push({ type: "reaction_changed", message_id: id, reactions });
      }
      case "pin":
        this.messages.set(id, { ...old, pinned: !old.pinned });
        if (old.pinned) this.pins.splice(this.pins.indexOf(id), 1);
        else this.pins.unshift(id);
        return this.#push({ type: "pins_changed", message_id: id, pinned: !old.pinned });
    }
  }

  answer(path: string, { id }: { id?: number }, { before, limit }: Query): object {
    if (path.endsWith("/pins/")) return { results: this.pins.map((pin) => this.show(pin)), next: null };
    const roots = [...this.messages.keys()].map((one) => this.show(one)).filter((one) => one.replies);
    if (path === "/api/chat/threads/") return { results: roots, next: null };
    const root = path.includes("{id}/thread/") ? (id ?? null) : null;
    const all = [...this.messages.values()].filter((one) => one.thread_root === root);
    const older = all.filter((one) => one.seq < Number(before ?? Infinity));
    const results = older.slice(-Number(limit)).map((one) => ({ ...this.show(one.id), kind: "message" }));
    const previous = older.length > results.length ? "older" : null;
    return { results, previous, next: null, ...(root !== null && { root: this.show(root), following: true }) };
  }
}

type Kind = "say" | "reply" | "edit" | "delete" | "react" | "pin";
interface Step {
  kind: Kind;
  which: number;
}
/** What happens next: at the school, on the socket, to the oldest request; or the client asks for something. */
type Turn = { does: "step"; step: Step } | { does: "hear" | "read" | "land" } | { does: "ask"; what: number };

const kinds = fc.constantFrom<Kind>("say", "reply", "edit", "edit", "delete", "react", "react", "pin", "pin");
const turn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("step" as const), step: fc.record({ kind: kinds, which: fc.nat(400) }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom("hear" as const, "hear" as const, "read" as const, "land" as const) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("ask" as const), what: fc.nat(4) }) },
);

interface Request {
  read: () => object;
  answer: object | null;
  land: (answer: object) => void;
}

class World {
  readonly school = new School();
  readonly requests: Request[] = [];
  heard = this.school.log.length;
  readonly core: Core;

  constructor() {
    const store = createAppStore();
    const logs = knowLog({}, `r${ROOM}`, "e", this.heard);
    store.setState((state) => ({ ...state, ...initialState, phase: "in", me, logs }));
    const get = (path: string, { params = {}, query = {} }: { params?: { id?: number }; query?: Query }) =>
      new Promise<object>((land) => {
        this.requests.push({ read: () => this.school.answer(path, params, query), answer: null, land });
      });
    const rest = { clock: { now: () => NOW }, connection: { send: () => true }, outbox: {} };
    this.core = { store, api: { get }, ...rest } as unknown as Core;
  }

  /** What a person does who opens the room, a thread and so on. */
  ask(what: number): void {
    const room = roomPlace(ROOM);
    const asks = [
      () => openPlace(this.core, room),
      () => loadOlder(this.core, room),
      () => openPlace(this.core, repliesPlace(ROOM, 1)),
      () => loadFollowed(this.core),
      () => loadPins(this.core, ROOM),
    ];
    void asks[what]?.();
  }

  async turn(turn: Turn): Promise<void> {
    switch (turn.does) {
      case "step":
        return this.school.step(turn.step);
      case "ask":
        return this.ask(turn.what);
      case "hear": {
        const frame = this.school.log[this.heard];
        if (frame) receive(this.core, frame);
        this.heard += frame ? 1 : 0;
        return;
      }
      case "read": {
        const request = this.requests.find(({ answer }) => answer === null);
        if (request) request.answer = structuredClone(request.read());
        return;
      }
      case "land": {
        const index = this.requests.findIndex(({ answer }) => answer !== null);
        const [request] = index < 0 ? [] : this.requests.splice(index, 1);
        if (request?.answer) request.land(request.answer);
        await new Promise(setImmediate);
      }
    }
  }

  async settle(): Promise<void> {
    while (this.heard < this.school.log.length || this.requests.length > 0) {
      await this.turn({ does: "hear" });
      await this.turn({ does: "read" });
      await this.turn({ does: "land" });
    }
  }

  /** Whatever has not been asked for yet is. */
  async open(): Promise<this> {
    for (const what of [0, 1, 2, 3, 4]) {
      const { followed, pins } = this.core.store.getState();
      if ((what === 3 && followed.isLoaded) || (what === 4 && pins.byRoom[ROOM] && pins.stale.length === 0)) continue;
      this.ask(what);
      await this.settle();
    }
    return this;
  }
}

const plain = (one: Message) => {
  const { content, deleted, edited_at, reactions, pinned, reply_preview, id } = one;
  const { count, last_at, unread_count } = one.replies ?? {};
  return { id, content, deleted, edited_at, reactions, pinned, reply_preview, count, last_at, unread_count };
};
const shown = (state: AppState) => ({
  timelines: Object.fromEntries(
    Object.entries(state.messages.timelines).map(([key, timeline]) => [
      key,
      timeline?.items.map((item) => (item.kind === "message" ? plain(item as Message) : item)),
    ]),
  ),
  followed: Object.values(state.followed.roots).map(plain),
  pins: state.pins.byRoom[ROOM]?.map(({ id, content }) => ({ id, content })),
});

describe("a page that is on its way while somebody is renamed", () => {
  it("arrives with the new name", async () => {
    const world = new World();
    world.ask(0);
    await world.turn({ does: "read" });
    const renamed = { ...user(2), display_name: "New Name" };
    receive(world.core, { type: "user_changed", user: renamed });
    await world.turn({ does: "land" });
    const items = world.core.store.getState().messages.timelines[`r${ROOM}`]?.items ?? [];
    expect(items.at(-1)).toMatchObject({ sender: renamed });
  });
});

describe("a page that is read before some events and arrives after them", () => {
  it("leaves on the screen what a fresh load would show, whatever the order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 20, maxLength: 80 }), async (turns) => {
        const world = new World();
        for (const one of turns) await world.turn(one);
        await world.settle();
        await world.open();
        const fresh = new World();
        Object.assign(fresh, { school: world.school, heard: world.school.log.length });
        fresh.core.store.setState((state) => ({ ...state, logs: knowLog({}, `r${ROOM}`, "e", fresh.heard) }));
        await fresh.open();
        const [now, then] = [shown(world.core.store.getState()), shown(fresh.core.store.getState())];
        expect(now).toEqual(then);
        expect(world.core.store.getState().meanwhile).toMatchObject({ open: [], noted: [] });
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
