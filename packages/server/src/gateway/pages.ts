// Pages of the past as bytes: read and encoded once for everybody who asks for them at the same time, and kept for those
// who come a moment later.
import type { Directory, Stamp } from "../kit/call.ts";
import type { LogRef } from "../kit/ports.ts";
import { encode } from "./encode.ts";

const PAGE = 200;
/** Whoever missed so much less than another is served by the same page. */
const NEAR = PAGE / 2;
/** Logs that are read at once. More would only hold up what else the database is asked. */
const MOST_AT_ONCE = 4;
/** So many are served at a time: a bound on how long the event loop is held. */
const MOST_SERVED = 256;
/** A page may be some megabytes of long messages: a slow line gets it in pieces, so that it is not taken for a dead one. */
const PIECE_BYTES = 256 * 1024;

/** What somebody gets of a page. */
export interface Part {
  /** Whole frames, in order. */
  pieces: readonly Buffer[];
  /** The seq of the last of them; what was asked for where there are none. */
  last: number;
  /** Nothing came after it when it was read. */
  isEnd: boolean;
}

interface Asker {
  after: number;
  resolve(part: Part): void;
  reject(error: unknown): void;
}

interface Line {
  log: LogRef;
  askers: Asker[];
}

/** A page as it was read: the frames one after the other, and where each of them ends. */
interface Page {
  stamp: Stamp | null;
  start: number;
  bytes: Buffer;
  ends: readonly { seq: number; at: number }[];
  isEnd: boolean;
}

/** What is kept of pages is worth something while many come back at once. */
const MOST_BYTES_KEPT = 16 * 1024 * 1024;
const KEPT_MS = 30_000;

/**
 * A page is read for those who wait for it, and whoever asks while it is being read waits for the next one: nobody is
 * told anything that was read before they asked. A page that was kept is asked about first, for all who wait for it:
 * whether it would be read just the same now. One read of a log is under way at a time; the logs take turns.
 */
export class Pages {
  readonly #past: Pick<Directory, "past" | "isPastStill">;
  /** Logs that somebody waits for, the longest waiting first. */
  readonly #lines = new Map<number, Line>();
  readonly #reading = new Set<number>();
  readonly #kept = new KeptPages();
  #scheduled = false;

  constructor(past: Pick<Directory, "past" | "isPastStill">) {
    this.#past = past;
  }

  /** The events after a seq with today's content, some or all of them. */
  read(log: LogRef, after: number): Promise<Part> {
    return new Promise((resolve, reject) => {
      this.#stand({ log, askers: [{ after, resolve, reject }] });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#next();
      });
    });
  }

  #stand({ log, askers }: Line): void {
    const line = this.#lines.get(log.id);
    if (line) line.askers.push(...askers);
    else this.#lines.set(log.id, { log, askers });
  }

  #next(): void {
    for (const [id, line] of this.#lines) {
      if (this.#reading.size >= MOST_AT_ONCE) return;
      if (this.#reading.has(id)) continue;
      this.#lines.delete(id);
      const later = line.askers.splice(MOST_SERVED);
      if (later.length > 0) this.#stand({ log: line.log, askers: later });
      this.#reading.add(id);
      void this.#serve(line).finally(() => {
        this.#reading.delete(id);
        this.#next();
      });
    }
  }

  async #serve({ log, askers }: Line): Promise<void> {
    try {
      const parts = partsOf(await this.#page(log, askers));
      const others: Asker[] = [];
      for (const asker of askers) {
        const part = parts(asker.after);
        if (part) asker.resolve(part);
        else others.push(asker);
      }
      // In front of those who came meanwhile, so that nobody waits for ever.
      if (others.length > 0) {
        const later = this.#lines.get(log.id)?.askers ?? [];
        this.#lines.set(log.id, { log, askers: [...others, ...later] });
      }
    } catch (error) {
      for (const asker of askers) asker.reject(error);
    }
  }

  async #page(log: LogRef, askers: readonly Asker[]): Promise<Page> {
    const kept = this.#kept.find(log.id, askers[0]?.after ?? 0);
    if (kept?.stamp && (await this.#past.isPastStill(log, kept.stamp))) return kept;
    const start = startFor(askers);
    const { events, stamp } = await this.#past.past(log, start, PAGE);
    const frames = events.map(({ frame }) => encode(frame));
    let at = 0;
    const ends = events.map(({ seq }, i) => ({ seq, at: (at += frames[i]?.length ?? 0) }));
    const page: Page = { start, bytes: Buffer.concat(frames, at), ends, isEnd: events.length < PAGE, stamp };
    this.#kept.keep(log.id, page);
    return page;
  }
}

/** By where they start; the one that nobody asked for the longest time goes first. */
class KeptPages {
  readonly #pages = new Map<string, Page>();
  #bytes = 0;
  #forgetting: NodeJS.Timeout | undefined;

  find(logId: number, after: number): Page | undefined {
    const name = `${logId} ${after}`;
    const page = this.#pages.get(name);
    if (page) {
      this.#pages.delete(name);
      this.#pages.set(name, page);
    }
    return page;
  }

  keep(logId: number, page: Page): void {
    const name = `${logId} ${page.start}`;
    this.#drop(name);
    if (!page.stamp || sizeOf(page) > MOST_BYTES_KEPT) return;
    this.#pages.set(name, page);
    this.#bytes += sizeOf(page);
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= MOST_BYTES_KEPT) break;
      this.#drop(oldest);
    }
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forget(), KEPT_MS).unref();
  }

  #drop(name: string): void {
    const page = this.#pages.get(name);
    if (!page) return;
    this.#pages.delete(name);
    this.#bytes -= sizeOf(page);
  }

  #forget(): void {
    this.#pages.clear();
    this.#bytes = 0;
  }
}

/** About: an empty page is none for free. */
const sizeOf = ({ bytes, ends, stamp }: Page): number =>
  bytes.length + 500 + 50 * ends.length + 200 * (stamp?.cards.size ?? 0);

/** Who waited longest is served in any case, and whoever is near with them. */
const startFor = (askers: readonly Asker[]): number => {
  const first = askers[0]?.after ?? 0;
  return askers.reduce((start, { after }) => (after >= first - NEAR ? Math.min(start, after) : start), first);
};

/** What of it is for somebody who has everything up to a seq; null where it is not what they miss. */
const partsOf = ({ start, bytes, ends, isEnd }: Page): ((after: number) => Part | null) => {
  const newest = ends.at(-1)?.seq ?? start;
  const made = new Map<number, Part>();
  return (after) => {
    if (after < start || (after >= newest && !isEnd)) return null;
    let part = made.get(after);
    if (!part) {
      const had = ends.findLast(({ seq }) => seq <= after)?.at ?? 0;
      const missed = ends.filter(({ seq }) => seq > after).map(({ at }) => at);
      part = { pieces: cut(bytes, had, missed), last: Math.max(after, newest), isEnd };
      made.set(after, part);
    }
    return part;
  };
};

/** Between frames: what comes live of another log may have to go between two pieces. */
const cut = (bytes: Buffer, from: number, ends: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  let begin = from;
  for (const [i, end] of ends.entries()) {
    if (end - begin < PIECE_BYTES && i < ends.length - 1) continue;
    pieces.push(bytes.subarray(begin, end));
    begin = end;
  }
  return pieces;
};
