// One log as this process fans it out: how far it got, who follows, and the frames gathered in this turn.
import type { LogRef } from "../kit/ports.ts";
import type { Connection } from "./connection.ts";

export interface Subscription {
  readonly connection: Connection;
  readonly channel: Channel;
  /** Where it began: what ended before that is not about this following. */
  readonly since: number;
  /** Nothing up to this seq goes to this socket (any more). */
  sent: number;
  /** Held back while a resume reads the past from the database. */
  replaying: boolean;
}

export class Channel {
  readonly log: LogRef;
  readonly epoch: string;
  readonly subscriptions = new Set<Subscription>();
  /** The newest event that was handed to this channel, in order. */
  cursor: number;
  /** The newest event heard of; above the cursor where some were heard out of order. */
  heard: number;
  catchingUp = false;
  #pending: { seq: number; bytes: Buffer }[] = [];

  constructor(log: LogRef, epoch: string, cursor: number) {
    this.log = log;
    this.epoch = epoch;
    this.cursor = cursor;
    this.heard = cursor;
  }

  /** The next event in order. */
  push(seq: number, bytes: Buffer): void {
    this.cursor = seq;
    this.heard = Math.max(this.heard, seq);
    if (this.subscriptions.size > 0) this.#pending.push({ seq, bytes });
  }

  /** Hands what was gathered to every follower as one buffer; answers who got something. */
  *flush(): Generator<Connection> {
    const pending = this.#pending;
    const first = pending[0];
    if (!first) return;
    this.#pending = [];
    const last = this.cursor;
    const whole = pending.length === 1 ? first.bytes : Buffer.concat(pending.map((p) => p.bytes));
    for (const subscription of this.subscriptions) {
      // Who is replaying finds these in the database.
      if (subscription.replaying || subscription.sent >= last) continue;
      if (subscription.sent < first.seq) subscription.connection.queue(whole, pending.length);
      else for (const { seq, bytes } of pending) if (seq > subscription.sent) subscription.connection.queue(bytes);
      subscription.sent = last;
      yield subscription.connection;
    }
  }

  follow(connection: Connection, after: number): Subscription {
    const subscription: Subscription = { connection, channel: this, since: after, sent: after, replaying: false };
    this.subscriptions.add(subscription);
    connection.subscriptions.set(this.log.id, subscription);
    return subscription;
  }

  unfollow(connection: Connection): void {
    const subscription = connection.subscriptions.get(this.log.id);
    if (!subscription) return;
    this.subscriptions.delete(subscription);
    connection.subscriptions.delete(this.log.id);
  }
}
