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
  readonly #leaving = new Map<number, NodeJS.Timeout>();

  readonly #onGone: (user: UserCard) => void;

  constructor(hub: Hub, onGone: (user: UserCard) => void) {
    this.#hub = hub;
    this.#onGone = onGone;
  }

  came(connection: Connection): void {
    const { user } = connection.caller;
    const wasLeaving = this.#leaving.get(user.id);
    clearTimeout(wasLeaving);
    this.#leaving.delete(user.id);
    if (connection.scope.kind === "lobby") return;
    const others = this.#neighbours(connection, user.id);
    for (const other of uniqueUsers(others)) this.#hub.send(connection, presenceFrame(other, "online"));
    const isFirst = this.#hub.ofUser(user.id).size === 1 && !wasLeaving;
    if (isFirst) for (const other of others) this.#hub.send(other, presenceFrame(user, "online"));
  }

  /** Called when the socket has left the hub already; its subscriptions say whom to tell. */
  left(connection: Connection): void {
    const { user } = connection.caller;
    if (this.#hub.isOnline(user.id) || connection.scope.kind === "lobby") return;
    this.#onGone(user);
    clearTimeout(this.#leaving.get(user.id));
    const logs = [...connection.followed];
    const timer = setTimeout(() => {
      this.#leaving.delete(user.id);
      if (this.#hub.isOnline(user.id)) return;
      for (const other of this.#listeners(logs, user.id)) this.#hub.send(other, presenceFrame(user, "offline"));
    }, GRACE_MS).unref();
    this.#leaving.set(user.id, timer);
  }

  #neighbours(connection: Connection, except: number): Set<Connection> {
    return this.#listeners([...connection.subscriptions.keys()], except);
  }

  #listeners(logIds: readonly number[], exceptUser: number): Set<Connection> {
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
