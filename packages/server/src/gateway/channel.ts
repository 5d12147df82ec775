// One log as this process fans it out: how far it got, who follows, and the frames that not everybody has yet.
// Its followers stand in a ring. Each visit gives one of them everything they lack as one buffer, which is made once for
// all who stand at the same event; what arrives in the middle of a round is simply part of what the rest of it gets.
import { CLOSE } from "@homeroom/protocol";
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
  /** Its place in the ring. */
  place: number;
}

interface Range {
  bytes: Buffer;
  /** How many events, and the seq of the last of them. */
  events: number;
  to: number;
}

/** A socket gets no more than about this much at a time: one that reads slowly is found out by what waits, not by one
 * write that was too large for any line. */
const MOST_BYTES_AT_ONCE = 256 * 1024;

export class Channel {
  readonly log: LogRef;
  readonly epoch: string;
  /** Where it began: of what happened up to there it was never told. */
  readonly start: number;
  /** The ring. Its order says nothing. */
  readonly subscriptions: Subscription[] = [];
  /** The newest event that was handed to this channel, in order. */
  cursor: number;
  /** The newest event heard of; above the cursor where some were heard out of order. */
  heard: number;
  catchingUp = false;
  /** Whether the rotation knows that somebody waits here. */
  waits = false;
  /** The frames of `#before + 1` … `cursor`: whoever follows has all that came before them. */
  #frames: Buffer[] = [];
  #before: number;
  /** By the seq after which they begin; they all end at the cursor, or where a piece is full. */
  readonly #ranges = new Map<number, Range>();
  #next = 0;
  /** So many visits from `#next` on, and everybody has everything. */
  #left = 0;

  constructor(log: LogRef, epoch: string, cursor: number) {
    this.log = log;
    this.epoch = epoch;
    this.start = cursor;
    this.cursor = cursor;
    this.heard = cursor;
    this.#before = cursor;
  }

  /** The next event in order. */
  push(seq: number, bytes: Buffer): void {
    if (this.#frames.length === 0) this.#before = seq - 1;
    this.cursor = seq;
    this.heard = Math.max(this.heard, seq);
    if (this.subscriptions.length === 0) return;
    this.#frames.push(bytes);
    this.#ranges.clear();
    this.#left = this.subscriptions.length;
  }

  /** Visits so many of the followers; answers whether somebody may still lack something. */
  visit(most: number): boolean {
    for (; most > 0 && this.#left > 0; most--) {
      if (this.#next >= this.subscriptions.length) this.#startRound();
      this.#left--;
      const subscription = this.subscriptions[this.#next++];
      // What else this socket waits for goes with it: one write.
      if (subscription && subscription.sent < this.cursor) subscription.connection.serve();
    }
    if (this.#left > 0) return true;
    this.#forget(this.cursor);
    return false;
  }

  /** Queues what this follower lacks, at most a large piece of it. */
  give(subscription: Subscription): void {
    const { connection, sent } = subscription;
    if (sent >= this.cursor || subscription.replaying) return;
    // Never skip in silence: it reconnects and resumes.
    if (sent < this.#before) connection.close(CLOSE.OVERLOADED, "try_again");
    if (connection.closed) {
      subscription.sent = this.cursor;
      return;
    }
    const { bytes, events, to } = this.#rangeAfter(sent);
    connection.queue(bytes, events);
    subscription.sent = to;
    if (to < this.cursor) this.#left = this.subscriptions.length;
  }

  #rangeAfter(seq: number): Range {
    const known = this.#ranges.get(seq);
    if (known) return known;
    const first = seq - this.#before;
    let end = first;
    for (let size = 0; end < this.#frames.length && size < MOST_BYTES_AT_ONCE; end++) {
      size += this.#frames[end]?.length ?? 0;
    }
    const frames = this.#frames.slice(first, end);
    const [only] = frames;
    const bytes = frames.length === 1 && only ? only : Buffer.concat(frames);
    const range = { bytes, events: frames.length, to: this.#before + end };
    this.#ranges.set(seq, range);
    return range;
  }

  /** Once a round, what everybody has by now is forgotten, also where there is always something new. */
  #startRound(): void {
    this.#next = 0;
    let least = this.cursor;
    for (const { sent, replaying } of this.subscriptions) if (!replaying && sent < least) least = sent;
    this.#forget(least);
  }

  #forget(upTo: number): void {
    if (upTo <= this.#before) return;
    if (upTo >= this.cursor) {
      this.#frames = [];
      this.#ranges.clear();
    } else this.#frames.splice(0, upTo - this.#before);
    this.#before = upTo;
  }

  follow(connection: Connection, after: number): Subscription {
    const place = this.subscriptions.length;
    const subscription: Subscription = {
      connection,
      channel: this,
      since: after,
      sent: after,
      replaying: false,
      place,
    };
    this.subscriptions.push(subscription);
    connection.subscriptions.set(this.log.id, subscription);
    this.#ringChanged();
    return subscription;
  }

  unfollow(connection: Connection): void {
    const subscription = connection.subscriptions.get(this.log.id);
    if (subscription?.channel !== this) return;
    connection.subscriptions.delete(this.log.id);
    const last = this.subscriptions.pop();
    if (last && last !== subscription) {
      last.place = subscription.place;
      this.subscriptions[last.place] = last;
    }
    this.#ringChanged();
  }

  /** Who has been visited is not known of the places any more: all of them are, again. It costs a comparison each. */
  #ringChanged(): void {
    if (this.#left > 0) this.#left = this.subscriptions.length;
  }
}
