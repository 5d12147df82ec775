// Who is written to next. Everybody with something to get stands in line, and each turn of the event loop serves a slice
// of it: in between, what sockets sent is read and handed to the database, whose waiting for the disk overlaps with our
// writing; what is committed meanwhile is part of what those get whose turn has not come. A full room is therefore not
// written to more often than it can be: what comes faster travels together.
import type { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { Fifo } from "./fifo.ts";

/** Short: a message passes the loop several times on its way to the disk and back, and waits for a slice each time. */
const SLICE_MS = 0.25;
/** So many are served between two looks at the clock, and in every turn. */
const AT_ONCE = 16;

export class Rotation {
  /** Who was answered: before everybody else. They are no more than the frames that were read. */
  #answered: Connection[] = [];
  /** Who was told something, in the order in which they were first told. */
  readonly #told = new Fifo<Connection>();
  /** Channels of which somebody lacks something, taking turns. */
  readonly #channels: Channel[] = [];
  #channelsNext = 0;
  #scheduled = false;

  /** It is told something as an answer to what it sent. */
  first(connection: Connection): void {
    if (connection.lane === "first") return;
    connection.lane = "first";
    this.#answered.push(connection);
    this.#schedule();
  }

  /** It is told something. */
  later(connection: Connection): void {
    if (connection.lane) return;
    connection.lane = "later";
    this.#told.push(connection);
    this.#schedule();
  }

  /** The followers of a channel lack something. */
  stir(channel: Channel): void {
    if (channel.waits) return;
    channel.waits = true;
    this.#channels.push(channel);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    const until = performance.now() + SLICE_MS;
    const answered = this.#answered;
    this.#answered = [];
    for (const connection of answered) connection.serve();
    do {
      this.#serveTold();
      this.#visitChannel();
      if (this.#told.size === 0 && this.#channels.length === 0) return;
    } while (performance.now() < until);
    this.#schedule();
  }

  #serveTold(): void {
    for (let most = AT_ONCE; most > 0 && this.#told.size > 0; most--) this.#told.take()?.serve();
  }

  #visitChannel(): void {
    if (this.#channelsNext >= this.#channels.length) this.#channelsNext = 0;
    const channel = this.#channels[this.#channelsNext];
    if (!channel) return;
    if (channel.visit(AT_ONCE)) {
      this.#channelsNext++;
      return;
    }
    channel.waits = false;
    // The last one takes its place: their order says nothing, and each has its turn before any has a second one.
    const last = this.#channels.pop();
    if (last && last !== channel) this.#channels[this.#channelsNext] = last;
  }
}
