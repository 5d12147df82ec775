// Who is here and who is away. Told to those who share a log; at most once, and not at all where a log has too many
// listeners.
import type { PresenceState, ServerFrameOf, UserCard } from "@homeroom/protocol";
import type { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";

/** In a full assembly hall nobody looks at single dots, and everybody's coming and going would cost the square of it. */
const MOST_LISTENERS = 250;
/** A reload or a change of network is no leaving. */
const GRACE_MS = 5_000;
/** Who leaves within so long is told of together: a lesson ends for the whole class. */
const TOGETHER_MS = 100;
/** What clients say of themselves is told at most this often; what they said last is told in any case. */
const REST_MS = 1_000;
const FRAMES_MS = 5_000;

export class Presence {
  readonly #hub: Hub;
  readonly #onGone: (user: UserCard) => void;
  /** Sockets of everybody who is here, those in a lobby aside. */
  readonly #here = new Map<number, readonly Connection[]>();
  /** What was said of whom; nothing is said of who is offline. */
  readonly #told = new Map<number, PresenceState>();
  /** Of whom somebody heard that they are here: when a full hall empties, nobody is told of those they never saw. */
  readonly #seen = new Set<number>();
  /** Who came back before it was said that they left: those who came meanwhile have not heard of them. */
  readonly #back = new Set<number>();
  /** Of whom nothing more is told for a moment. */
  readonly #resting = new Set<number>();
  /** Frames of a moment ago: when a crowd meets, one is made of each of them and not of each two. */
  readonly #frames = new Map<number, ServerFrameOf<"presence">>();
  /** Whose last closed socket is not yet believed. */
  readonly #leaving = new Map<number, NodeJS.Timeout>();
  /** Those of them who are told of next, with their last sockets. */
  readonly #gone = new Map<number, Connection>();

  constructor(hub: Hub, onGone: (user: UserCard) => void) {
    this.#hub = hub;
    this.#onGone = onGone;
    hub.onEnter = (connection, logId) => this.#entered(connection, logId);
  }

  came(connection: Connection): void {
    if (connection.closed || connection.scope.kind === "lobby") return;
    const { user } = connection.caller;
    if (!this.#here.has(user.id) && this.#told.has(user.id)) this.#back.add(user.id);
    const others = this.#here.get(user.id) ?? [];
    if (!others.includes(connection)) this.#here.set(user.id, [...others, connection]);
    this.#introduce(connection, this.#listeners(connection.subscriptions.keys(), user.id));
    // A hidden page that comes back says at once that nobody looks at it: that is waited for.
    if (this.#told.get(user.id) === "away") this.#rest(user);
    else this.#tell(user);
  }

  /** What a client says of itself. The person is away when all of theirs are. */
  said(connection: Connection, state: Exclude<PresenceState, "offline">): void {
    connection.away = state === "away";
    const { user } = connection.caller;
    if (this.#resting.has(user.id) || !this.#tell(user)) return;
    this.#rest(user);
  }

  /** Called when the socket has left the hub already; what it followed says whom to tell. */
  left(connection: Connection): void {
    const { user } = connection.caller;
    const theirs = this.#here.get(user.id);
    if (!theirs?.includes(connection)) return;
    if (theirs.length > 1) {
      this.#here.set(
        user.id,
        theirs.filter((other) => other !== connection),
      );
    } else {
      this.#here.delete(user.id);
      this.#onGone(user);
    }
    clearTimeout(this.#leaving.get(user.id));
    this.#gone.delete(user.id);
    const believe = () => {
      if (this.#gone.size === 0) setTimeout(() => this.#tellOfGone(), TOGETHER_MS).unref();
      this.#gone.set(user.id, connection);
    };
    this.#leaving.set(user.id, setTimeout(believe, GRACE_MS - TOGETHER_MS).unref());
  }

  /** However many they are, whoever listens to the same logs as they did gets one piece. */
  #tellOfGone(): void {
    const gone = [...this.#gone.values()];
    this.#gone.clear();
    const left: Connection[] = [];
    for (const connection of gone) {
      const { user } = connection.caller;
      this.#leaving.delete(user.id);
      if (this.#here.has(user.id)) this.#tell(user, connection.followed);
      else if (this.#forget(user.id)) left.push(connection);
    }
    for (const some of Map.groupBy(left, ({ followed }) => followed.join()).values()) {
      const [{ followed }] = some as [Connection];
      const frames = some.map(({ caller: { user } }) => this.#frameOf(user, "offline"));
      this.#hub.sendAll(this.#listeners(followed), frames);
    }
  }

  /** Nothing is remembered of who is offline. Answers whether anybody has to hear of it. */
  #forget(userId: number): boolean {
    const isBack = this.#back.delete(userId);
    return (this.#told.delete(userId) || isBack) && this.#seen.delete(userId);
  }

  /** Somebody came into a room while they were here: they and its people are shown to one another. */
  #entered(connection: Connection, logId: number): void {
    const { user } = connection.caller;
    // A lobby's socket is a member's from now on.
    if (!this.#here.get(user.id)?.includes(connection)) return this.came(connection);
    const others = this.#listeners([logId], user.id);
    this.#introduce(connection, others);
    if (others.size > 0) this.#seen.add(user.id);
    for (const other of others) this.#hub.send(other, this.#frameOf(user, this.#stateOf(user.id)));
  }

  /** Shows who is here to somebody new. */
  #introduce(connection: Connection, others: ReadonlySet<Connection>): void {
    const people = new Map([...others].map((other) => [other.caller.user.id, other.caller.user]));
    for (const [id, user] of people) {
      this.#seen.add(id);
      this.#hub.send(connection, this.#frameOf(user, this.#stateOf(id)));
    }
  }

  #frameOf(user: UserCard, state: PresenceState): ServerFrameOf<"presence"> {
    const known = this.#frames.get(user.id);
    if (known?.user === user && known.state === state) return known;
    const frame = { type: "presence", user, state } as const;
    // As bytes they would hold on to more memory than their own.
    if (this.#frames.size === 0) setTimeout(() => this.#frames.clear(), FRAMES_MS).unref();
    this.#frames.set(user.id, frame);
    return frame;
  }

  #stateOf(userId: number): PresenceState {
    const theirs = this.#here.get(userId);
    if (!theirs) return "offline";
    return theirs.some(({ away }) => !away) ? "online" : "away";
  }

  /** Says how it stands with who is here, unless that was said; `followed` is what the last socket of theirs followed. */
  #tell(user: UserCard, followed: Iterable<number> = []): boolean {
    const state = this.#stateOf(user.id);
    if (state === "offline") return false;
    const isKnown = !this.#back.delete(user.id);
    if (isKnown && state === this.#told.get(user.id)) return false;
    this.#told.set(user.id, state);
    const logs = new Set(followed);
    for (const { subscriptions } of this.#here.get(user.id) ?? []) for (const id of subscriptions.keys()) logs.add(id);
    const listeners = this.#listeners(logs, user.id);
    if (listeners.size === 0) return true;
    this.#seen.add(user.id);
    this.#hub.sendAll(listeners, [this.#frameOf(user, state)]);
    return true;
  }

  #rest(user: UserCard): void {
    if (this.#resting.has(user.id)) return;
    this.#resting.add(user.id);
    setTimeout(() => {
      this.#resting.delete(user.id);
      // What a closed socket changed has its own time.
      if (this.#stateOf(user.id) === "online" || !this.#leaving.has(user.id)) this.#tell(user);
    }, REST_MS).unref();
  }

  #listeners(logIds: Iterable<number>, exceptUser?: number): Set<Connection> {
    const found = new Set<Connection>();
    for (const id of logIds) {
      const followers = this.#hub.channel(id)?.subscriptions;
      if (!followers || followers.length > MOST_LISTENERS) continue;
      for (const { connection } of followers) if (connection.caller.user.id !== exceptUser) found.add(connection);
    }
    return found;
  }
}
