// What a file is, from its bytes and never from its name. What is not on the list is refused.
import { type FileHandle, open } from "node:fs/promises";
import { type AttachmentKind, Refusal } from "@homeroom/protocol";
import { isSoundOnly } from "./sound.ts";
import { textType } from "./text.ts";
import { ALLOWED, kindOf } from "./types.ts";

export interface Sniffed {
  kind: AttachmentKind;
  mime: string;
}

const HEAD_BYTES = 64 * 1024;

/** Other names for what is on the list. */
const SAME: Readonly<Record<string, string>> = {
  "image/apng": "image/png",
  "audio/ogg; codecs=opus": "audio/ogg",
  "audio/opus": "audio/ogg",
  "audio/x-m4a": "audio/mp4",
  "audio/vnd.wave": "audio/wav",
  "audio/x-wav": "audio/wav",
  "video/matroska": "video/webm",
  "video/x-matroska": "video/webm",
  "audio/webm": "video/webm",
};

/** Containers of sound and of moving pictures: only what holds nothing but sound may be shared. */
const SOUND: Readonly<Record<string, string>> = {
  "video/webm": "audio/webm",
  "video/mp4": "audio/mp4",
  "audio/mp4": "audio/mp4",
  "application/ogg": "audio/ogg",
  "video/ogg": "audio/ogg",
  "audio/ogg": "audio/ogg",
};

/** Throws `unsupported_media_type` with what is allowed, `unreadable_file` for an empty file. */
export const sniff = async (path: string, size: number): Promise<Sniffed> => {
  if (size === 0) throw new Refusal("unreadable_file", { detail: "This file is empty." });
  const file = await open(path);
  try {
    const head = await headOf(file);
    const mime = (await binaryType(path, file, head)) ?? (await textType(file, head));
    const kind = mime && kindOf(mime);
    if (!mime || !kind)
      throw new Refusal("unsupported_media_type", { detail: `This kind of file cannot be shared. ${ALLOWED}` });
    return { kind, mime };
  } finally {
    await file.close();
  }
};

const headOf = async (file: FileHandle): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
};

/** Null for what no magic number tells; a type that is not on the list for what one tells, but nobody may share. */
const binaryType = async (path: string, file: FileHandle, head: Buffer): Promise<string | null> => {
  // Loaded with the first file.
  const { fileTypeFromFile } = await import("file-type");
  const told = await fileTypeFromFile(path).catch(() => undefined);
  if (!told) return isCompound(head) ? compoundType(head, file) : null;
  const mime = SAME[told.mime] ?? told.mime;
  if (mime === "application/x-cfb") return compoundType(head, file);
  const sound = SOUND[mime];
  // What calls itself sound and holds more, or nothing, is no sound: that name is not on the list.
  if (sound) return (await isSoundOnly(sound, file, head)) ? sound : mime.replace("audio/", "video/");
  // Markup is text to us, and text has rules of its own.
  return mime.endsWith("xml") ? "application/xml" : mime;
};

const COMPOUND = Buffer.from("d0cf11e0a1b11ae1", "hex");
const isCompound = (head: Buffer): boolean => head.subarray(0, COMPOUND.length).equals(COMPOUND);

const STREAMS: readonly [name: string, mime: string][] = [
  ["WordDocument", "application/msword"],
  ["Workbook", "application/vnd.ms-excel"],
  ["Book", "application/vnd.ms-excel"],
  ["PowerPoint Document", "application/vnd.ms-powerpoint"],
];
const ENTRY_BYTES = 128;
/** Entries of a folder that are looked at. */
const MOST_ENTRIES = 1_024;

/** The office files of old are small file systems: what lies in their root folder tells which program made them. */
const compoundType = async (head: Buffer, file: FileHandle): Promise<string> => {
  const unknown = "application/x-cfb";
  if (head.length < 512) return unknown;
  const sector = 1 << head.readUInt16LE(30);
  if (sector !== 512 && sector !== 4_096) return unknown;
  const at = (head.readUInt32LE(48) + 1) * sector;
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(MOST_ENTRIES * ENTRY_BYTES),
    0,
    MOST_ENTRIES * ENTRY_BYTES,
    at,
  );
  for (let i = 0; i + ENTRY_BYTES <= bytesRead; i += ENTRY_BYTES) {
    const length = buffer.readUInt16LE(i + 64);
    if (length < 2 || length > 64) continue;
    const name = buffer.toString("utf16le", i, i + length - 2);
    const found = STREAMS.find(([stream]) => stream === name);
    if (found) return found[1];
  }
  return unknown;
};
