// Whether a container that may hold moving pictures holds nothing but sound.
import type { FileHandle } from "node:fs/promises";

/** A box list of a recording of ten minutes is some hundred kilobytes. */
const MOST_MOOV = 4 * 1024 * 1024;
const MOST_BOXES = 1_000;

export const isSoundOnly = async (mime: string, file: FileHandle, head: Buffer): Promise<boolean> => {
  if (mime === "audio/webm") return isSoundOnlyWebm(head);
  if (mime === "audio/ogg") return isSoundOnlyOgg(head);
  return isSoundOnlyMp4(file);
};

/** The tracks stand before the first sound, each with the name of its codec: `A_…` or `V_…`. */
const isSoundOnlyWebm = (head: Buffer): boolean => {
  const text = head.toString("latin1");
  return (
    /A_(OPUS|VORBIS|AAC|PCM|MPEG|FLAC)/.test(text) &&
    !/V_(VP8|VP9|AV1|MPEG|THEORA|MS\/VFW|UNCOMPRESSED|PRORES|QUICKTIME|REAL|FFV1)/.test(text)
  );
};

/** Every stream begins with a page that names its codec, before anything else comes. */
const isSoundOnlyOgg = (head: Buffer): boolean => {
  const text = head.toString("latin1");
  return /OpusHead|vorbis|Speex {3}|FLAC/.test(text) && !/theora|BBCD|fishead|OVP80/.test(text);
};

const isSoundOnlyMp4 = async (file: FileHandle): Promise<boolean> => {
  const moov = await findMoov(file);
  if (!moov) return false;
  const handlers = new Set<string>();
  for (let at = moov.indexOf("hdlr"); at >= 0; at = moov.indexOf("hdlr", at + 4)) {
    // After the name: version and flags, four bytes that are zero, then who handles the track.
    if (at + 16 <= moov.length) handlers.add(moov.toString("latin1", at + 12, at + 16));
  }
  return handlers.has("soun") && !handlers.has("vide");
};

/** It stands at the beginning of what was recorded as it went, and at the end of what was put together afterwards. */
const findMoov = async (file: FileHandle): Promise<Buffer | null> => {
  const header = Buffer.alloc(16);
  for (let at = 0, boxes = 0; boxes < MOST_BOXES; boxes++) {
    const { bytesRead } = await file.read(header, 0, 16, at);
    if (bytesRead < 8) return null;
    const short = header.readUInt32BE(0);
    if (short === 1 && bytesRead < 16) return null;
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    if (header.toString("latin1", 4, 8) === "moov") return readBox(file, at, size);
    // No file is so long, whatever a box says.
    if (size < 8 || !Number.isSafeInteger(at + size)) return null;
    at += size;
  }
  return null;
};

const readBox = async (file: FileHandle, at: number, size: number): Promise<Buffer | null> => {
  const length = Math.min(size, MOST_MOOV);
  if (length < 8) return null;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};
