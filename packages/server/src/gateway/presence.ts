// Who is here. Told to those who share a log; at most once, and not at all where a log has too many listeners.
import type { ServerFrame, UserCard } from "@homeroom/protocol";
import type { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";

/** In a full assembly hall nobody looks at single dots, and everybody's coming and going would cost the square of it. */
const MOST_LISTENERS = 250;
/** A reload or a change of network is no leaving. */
const GRACE_MS = 5_000;

export class Presence {
  readonly #hub: Hub;
  readonly #onGone: (user: UserCard) => void;
  /** Sockets of everybody who is here, those in a lobby aside. */
  readonly #here = new Map<number, Set<Connection>>();
  /** Who was said to be online and not yet said to be offline. */
  readonly #online = new Set<number>();

  constructor(hub: Hub, onGone: (user: UserCard) => void) {
    this.#hub = hub;
    this.#onGone = onGone;
    hub.onEnter = (connection, logId) => this.#entered(connection, logId);
  }

  came(connection: Connection): void {
    if (connection.closed || connection.scope.kind === "lobby") return;
    const { user } = connection.caller;
    this.#here.set(user.id, (this.#here.get(user.id) ?? new Set()).add(connection));
    const others = this.#listeners(connection.subscriptions.keys(), user.id);
    for (const other of uniqueUsers(others)) this.#hub.send(connection, presenceFrame(other, "online"));
    if (this.#online.has(user.id)) return;
    this.#online.add(user.id);
    for (const other of others) this.#hub.send(other, presenceFrame(user, "online"));
  }

  /** Somebody came into a room while they were here: they and its people are shown to one another. */
  #entered(connection: Connection, logId: number): void {
    const { user } = connection.caller;
    // A lobby's socket is a member's from now on.
    if (!this.#here.get(user.id)?.has(connection)) return this.came(connection);
    const others = this.#listeners([logId], user.id);
    for (const other of uniqueUsers(others)) this.#hub.send(connection, presenceFrame(other, "online"));
    for (const other of others) this.#hub.send(other, presenceFrame(user, "online"));
  }

  /** Called when the socket has left the hub already; what it followed says whom to tell. */
  left(connection: Connection): void {
    const { user } = connection.caller;
    const theirs = this.#here.get(user.id);
    if (!theirs?.delete(connection) || theirs.size > 0) return;
    this.#here.delete(user.id);
    this.#onGone(user);
    setTimeout(() => {
      if (this.#here.has(user.id) || !this.#online.delete(user.id)) return;
      const others = this.#listeners(connection.followed, user.id);
      for (const other of others) this.#hub.send(other, presenceFrame(user, "offline"));
    }, GRACE_MS).unref();
  }

  #listeners(logIds: Iterable<number>, exceptUser: number): Set<Connection> {
    const found = new Set<Connection>();
    for (const id of logIds) {
      const followers = this.#hub.channel(id)?.subscriptions;
      if (!followers || followers.size > MOST_LISTENERS) continue;
      for (const { connection } of followers) if (connection.caller.user.id !== exceptUser) found.add(connection);
    }
    return found;
  }
}

const uniqueUsers = (connections: ReadonlySet<Connection>): Iterable<UserCard> =>
  new Map([...connections].map((c) => [c.caller.user.id, c.caller.user])).values();

const presenceFrame = (user: UserCard, state: "online" | "offline"): ServerFrame => ({ type: "presence", user, state });
