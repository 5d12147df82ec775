// The least that a client needs of RFC 6455: reading a server's frames where they lie, and writing its own.

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Room before the place that sockets read into, for what the last read of a socket left unfinished. */
const HEADROOM = 64 * 1024;
const CHUNK = 256 * 1024;

/** Every socket of this process reads into the same memory: what it read is dealt with before the next one reads. */
export class Arena {
  readonly bytes = Buffer.allocUnsafeSlow(HEADROOM + CHUNK);
  readonly landing = this.bytes.subarray(HEADROOM);
  readonly start = HEADROOM;
}

export type OnFrame = (opcode: number, bytes: Buffer, from: number, to: number) => void;

/** Takes what one socket reads, in whatever pieces, and hands on whole frames. They are valid during the call only. */
export class FrameReader {
  readonly #arena: Arena;
  readonly #onFrame: OnFrame;
  #tail: Buffer | null = null;

  constructor(arena: Arena, onFrame: OnFrame) {
    this.#arena = arena;
    this.#onFrame = onFrame;
  }

  /** The arena holds what was read between `from` and `to`. */
  feed(from: number, to: number): void {
    const tail = this.#tail;
    if (!tail) return this.#parse(this.#arena.bytes, from, to);
    this.#tail = null;
    if (tail.length <= from) {
      tail.copy(this.#arena.bytes, from - tail.length);
      return this.#parse(this.#arena.bytes, from - tail.length, to);
    }
    // A frame larger than the headroom: seldom enough to be copied.
    const joined = Buffer.concat([tail, this.#arena.bytes.subarray(from, to)]);
    this.#parse(joined, 0, joined.length);
  }

  #parse(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (to - at >= 2) {
      const second = bytes[at + 1] ?? 0;
      if (second > 127) throw new Error("a server's frame is never masked");
      const head = second < 126 ? 2 : second === 126 ? 4 : 10;
      if (to - at < head) break;
      const length = head === 2 ? second : head === 4 ? bytes.readUInt16BE(at + 2) : longLength(bytes, at + 2);
      const end = at + head + length;
      if (end > to) break;
      this.#onFrame((bytes[at] ?? 0) & 15, bytes, at + head, end);
      at = end;
    }
    if (at < to) this.#tail = Buffer.from(bytes.subarray(at, to));
  }
}

const longLength = (bytes: Buffer, at: number): number => bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);

/** A frame as a client sends it. Its mask is zero, which is as legal as any other and costs us nothing. */
export const clientFrame = (payload: string | Buffer, opcode: number = OPCODE.text): Buffer => {
  const length = Buffer.byteLength(payload);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.alloc(head + 4 + length);
  frame[0] = 0x80 | opcode;
  if (head === 2) frame[1] = 0x80 | length;
  else if (head === 4) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    frame.writeUInt32BE(length % 2 ** 32, 6);
  }
  if (typeof payload === "string") frame.write(payload, head + 4);
  else payload.copy(frame, head + 4);
  return frame;
};
