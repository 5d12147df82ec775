// What hostile files are made of: their shape, what must become of them, and small ways to write bytes.

export interface HostileFile {
  /** What is hostile in it. */
  readonly what: string;
  /** As the sender says, and it may lie. */
  readonly name: string;
  readonly type: string;
  /** Made anew each time; large ones come in pieces, so that nobody holds them whole. */
  bytes(): Iterable<Uint8Array>;
  readonly must: Must;
  /** The whole of the part's Content-Disposition, where it is the attack. */
  readonly disposition?: Uint8Array;
}

/** What may become of a file. Whatever becomes of it must be harmless besides. */
export interface Must {
  /** With which statuses it may be refused; with none it must be taken. */
  readonly refused: readonly number[];
  /** Whether it may be taken, looked at, and then be kept from everybody. */
  readonly blocked: boolean;
  /** As which types others may get it. */
  readonly served: readonly string[];
}

const REFUSALS = [400, 413, 415, 422];
export const refused = (...statuses: number[]): Must => ({ refused: statuses, blocked: false, served: [] });
/** Refused, or found to be nothing when it is looked at. */
export const broken: Must = { refused: REFUSALS, blocked: true, served: [] };
export const served = (...types: string[]): Must => ({ refused: [], blocked: false, served: types });
/** Any of these is right, as long as it does no harm. */
export const harmless = (...types: string[]): Must => ({ refused: REFUSALS, blocked: true, served: types });
/** Words that some program somewhere would run: refused, or words to be downloaded. */
export const onlyWords = harmless("text/plain", "text/csv");

type Source = string | Uint8Array | (() => Iterable<Uint8Array> | Uint8Array);

/** A string stands for its UTF-8. */
export const hostile = (
  what: string,
  [name, type]: readonly [name: string, type: string],
  source: Source,
  must: Must,
): HostileFile => ({
  what,
  name,
  type,
  must,
  bytes: () => {
    const made = typeof source === "function" ? source() : source;
    if (typeof made === "string") return [utf8(made)];
    return made instanceof Uint8Array ? [made] : made;
  },
});

export const utf8 = (text: string) => Buffer.from(text, "utf8");
/** One byte for each sign: `\xff` is 255. */
export const raw = (text: string) => Buffer.from(text, "latin1");
export const hex = (digits: string) => Buffer.from(digits.replaceAll(/\s/g, ""), "hex");
export const base64 = (text: string) => Buffer.from(text, "base64");
export const join = (...parts: readonly (Uint8Array | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? utf8(part) : part)));
export const zeros = (count: number) => Buffer.alloc(count);

const number = (bytes: number, write: (buffer: Buffer) => void) => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};
export const be16 = (n: number) => number(2, (b) => b.writeUInt16BE(n));
export const be32 = (n: number) => number(4, (b) => b.writeUInt32BE(n));
export const le16 = (n: number) => number(2, (b) => b.writeUInt16LE(n));
export const le32 = (n: number) => number(4, (b) => b.writeUInt32LE(n));
export const le24 = (n: number) => le32(n).subarray(0, 3);

const PIECE = 64 * 1024;

/** A head, and then the same sign until there are `total` bytes. */
export function* filled(total: number, head: Uint8Array, sign = " "): Generator<Uint8Array> {
  yield head;
  const piece = Buffer.alloc(PIECE, sign);
  for (let left = total - head.length; left > 0; left -= PIECE) yield left < PIECE ? piece.subarray(0, left) : piece;
}

/** The same bytes so many times, some hundreds at once. */
export function* repeated(count: number, bytes: Uint8Array): Generator<Uint8Array> {
  const some = Math.max(1, Math.floor(PIECE / bytes.length));
  const piece = Buffer.concat(Array.from({ length: some }, () => bytes));
  for (let left = count; left > 0; left -= some) {
    yield left < some ? piece.subarray(0, left * bytes.length) : piece;
  }
}

/** Bytes without meaning, the same each time; NULs among them, so that nobody takes them for text. */
export const noise = (count: number, seed = 1) => {
  let state = seed;
  return Buffer.from(Array.from({ length: count }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 8));
};
