// Handing files out, once the gate let somebody through: what they are called, how they are shown, how they are read.
import { createHash } from "node:crypto";
import { type FileBody, Refusal } from "@homeroom/protocol";
import type { Kit } from "../../kit/kit.ts";
import type { AttachmentRow } from "./attachments.store.ts";
import { cleanName } from "./names.ts";

const THUMB_MIME = "image/webp";

const tagOf = (key: string): string => createHash("sha256").update(key).digest("base64url").slice(0, 22);

/** A blob without bytes is a loss, and the operators' to know; for who asked there is nothing. */
const missing = (kit: Kit, id: string): Refusal => {
  kit.logger.error({ attachment: id }, "the bytes of a file are missing");
  return new Refusal("not_found");
};

/** A file as it is kept. Only what we made anew, or what cannot run, is shown in a page. */
export const wholeFile = (kit: Kit, row: AttachmentRow): FileBody => ({
  mime: row.mime,
  size: row.size,
  tag: tagOf(row.blob),
  name: cleanName(row.name, row.mime),
  shown: row.kind !== "document",
  open: async (range) => {
    const bytes = await kit.files.read(row.blob, range);
    if (!bytes) throw missing(kit, row.id);
    return bytes;
  },
});

/** Small enough to be read before it is sent: only then is its size known. */
export const thumbnail = async (kit: Kit, row: AttachmentRow, size: "s" | "l"): Promise<FileBody> => {
  if (row.has_thumbs !== 1) throw new Refusal("not_found");
  const key = `${row.blob}-${size}`;
  const stored = await kit.files.read(key);
  if (!stored) throw missing(kit, row.id);
  const pieces = await stored.toArray().catch((error: unknown) => {
    throw Object.assign(new Refusal("unavailable"), { cause: error });
  });
  const bytes = Buffer.concat(pieces);
  const part = async function* (start: number, end: number) {
    yield bytes.subarray(start, end);
  };
  return {
    mime: THUMB_MIME,
    size: bytes.length,
    tag: tagOf(key),
    name: cleanName(row.name.replace(/\.\w+$/, ""), THUMB_MIME),
    shown: true,
    open: (range) => Promise.resolve(part(range?.start ?? 0, range?.end ?? bytes.length)),
  };
};
