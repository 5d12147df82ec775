// Counts the frames of a GIF by walking over its blocks: a reader that looks at each of a million needs memory for them.
import { type FileHandle, open } from "node:fs/promises";

const PIECE = 64 * 1024;
const SCREEN_END = 13;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const IMAGE_HEADER = 9;

/** Stops counting above `most`; whatever else is wrong with the file is left to its reader. */
export const gifFrames = async (path: string, most: number): Promise<number> => {
  const file = await open(path);
  try {
    return await countFrames(new Walk(file), most);
  } finally {
    await file.close();
  }
};

const countFrames = async (walk: Walk, most: number): Promise<number> => {
  const screen = await walk.at(10);
  walk.skip(SCREEN_END + tableBytes(screen));
  let frames = 0;
  while (frames <= most) {
    const kind = await walk.next();
    if (kind === IMAGE) {
      const table = tableBytes(await walk.at(IMAGE_HEADER - 1));
      // And the byte that tells how its pixels are coded.
      walk.skip(IMAGE_HEADER + table + 1);
      frames++;
    } else if (kind === EXTENSION) walk.skip(1);
    else return frames;
    for (let length = await walk.next(); length > 0; length = await walk.next()) walk.skip(length);
  }
  return frames;
};

/** Three bytes for each colour of a table, if there is one. */
const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** A place in a file, of which a piece is in memory. */
class Walk {
  readonly #file: FileHandle;
  readonly #piece = Buffer.alloc(PIECE);
  #from = 0;
  #until = 0;
  #place = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  skip(bytes: number): void {
    this.#place += bytes;
  }

  /** So many bytes on; -1 behind the end. */
  async at(ahead: number): Promise<number> {
    const place = this.#place + ahead;
    if (place < this.#from || place >= this.#until) {
      const { bytesRead } = await this.#file.read(this.#piece, 0, PIECE, place);
      this.#from = place;
      this.#until = place + bytesRead;
    }
    return place < this.#until ? (this.#piece[place - this.#from] ?? -1) : -1;
  }

  async next(): Promise<number> {
    const byte = await this.at(0);
    this.#place++;
    return byte;
  }
}
