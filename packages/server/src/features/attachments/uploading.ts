// Taking a file in: what it is, then its bytes into the store, then its row. Whatever fails leaves nothing behind.
import { randomBytes } from "node:crypto";
import { type Answer, type Input, type Operations, type ReceivedFile, Refusal, SIZES } from "@homeroom/protocol";
import { actOnce, type Turn } from "../../kit/action.ts";
import type { SignedCall } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { toAttachment } from "./attachment-view.ts";
import { unsentSince } from "./attachments.access.ts";
import { type AttachmentRow, countUnsent, holdUploader, insertAttachment } from "./attachments.store.ts";
import { cleanName } from "./names.ts";
import { type Sniffed, sniff } from "./sniff.ts";
import { ALLOWED, kindOf } from "./types.ts";

type Upload = Operations["uploadFile"];
type Fields = Input<Upload>["body"];

/** 128 bits of chance. */
const newId = () => randomBytes(16).toString("base64url");
export const newBlobKey = () => randomBytes(16).toString("hex");

const wrongKind = (detail: string) => new Refusal("unsupported_media_type", { detail });

/** A kind that was told is a demand. A picture or recording sent as a document is still what it is. */
const requireKind = ({ kind }: Sniffed, told: Fields["kind"]): void => {
  if (told === "image" && kind !== "image") throw wrongKind(`This is not a picture. ${ALLOWED}`);
  if (told === "voice" && kind !== "voice") throw wrongKind(`This is not a recording. ${ALLOWED}`);
};

interface Described extends Sniffed {
  width: number | null;
  height: number | null;
}

/** For pictures only from the header: nothing is decoded here. */
const describe = async (kit: Kit, file: ReceivedFile, told: Fields["kind"]): Promise<Described> => {
  const sniffed = await sniff(file.path, file.size);
  requireKind(sniffed, told);
  if (sniffed.kind !== "image") return { ...sniffed, width: null, height: null };
  const { mime, width, height } = await kit.pictures.probe(file.path);
  if (kindOf(mime) !== "image") throw wrongKind(`This kind of picture cannot be shared. ${ALLOWED}`);
  return { kind: "image", mime, width, height };
};

/** What nobody has to look at is there at once. */
const needsCheck = (kit: Kit, kind: AttachmentRow["kind"]): boolean => kind === "image" || kit.scanner !== null;

const rowOf = (kit: Kit, uploader: number, file: ReceivedFile, found: Described, fields: Fields): AttachmentRow => ({
  id: newId(),
  uploader_id: uploader,
  message_id: null,
  log_id: null,
  place: 0,
  kind: found.kind,
  name: cleanName(file.name, found.mime),
  mime: found.mime,
  size: file.size,
  width: found.width,
  height: found.height,
  duration_ms: found.kind === "voice" ? (fields.duration_ms ?? null) : null,
  waveform: found.kind === "voice" && fields.waveform ? JSON.stringify(fields.waveform) : null,
  placeholder: null,
  state: needsCheck(kit, found.kind) ? "scanning" : "ready",
  problem: null,
  blob: newBlobKey(),
  has_thumbs: 0,
  sha256: file.sha256,
  created_at: kit.clock.now(),
});

const insert = async (kit: Kit, { tx, now }: Turn, row: AttachmentRow): Promise<void> => {
  await holdUploader(tx, row.uploader_id);
  if ((await countUnsent(tx, row.uploader_id, unsentSince(now))) >= SIZES.uploads_unsent) {
    throw new Refusal("rate_limited", {
      limit: SIZES.uploads_unsent,
      retry_after_ms: 60_000,
      detail: "Too many of your files wait to be sent. Send or remove some of them first.",
    });
  }
  await insertAttachment(tx, row);
  if (row.state === "scanning") await kit.queue.add(tx, "check_attachment", row.id);
};

/** Blob first, row second: there is never a row without its bytes, and bytes without a row are collected. */
export const upload = async (
  kit: Kit,
  call: SignedCall,
  file: ReceivedFile,
  fields: Fields,
): Promise<Answer<Upload>> => {
  const found = await describe(kit, file, fields.kind);
  const row = rowOf(kit, call.caller.user.id, file, found, fields);
  await kit.files.keep(row.blob, file.path);
  const answer = await actOnce<Answer<Upload>>(kit, call, async (turn) => {
    await insert(kit, turn, row);
    return { status: 201, body: toAttachment(row) };
  }).catch(async (error: unknown) => {
    // Of "unavailable" nobody knows whether it was committed: then the bytes stay, and are collected if no row names them.
    if (error instanceof Refusal && error.key !== "unavailable") await removeBlob(kit, row.blob);
    throw error;
  });
  // Asked a second time: the first file is the one that counts.
  if (answer.body.id !== row.id) await removeBlob(kit, row.blob);
  else if (row.state === "scanning") kit.queue.wake();
  return answer;
};

/** What cannot be removed now is collected later. */
export const removeBlob = async (kit: Kit, blob: string): Promise<void> => {
  for (const key of [blob, `${blob}-s`, `${blob}-l`]) {
    await kit.files.remove(key).catch((error: unknown) => {
      kit.logger.warn({ err: error }, "a file that nobody needs could not be removed yet");
    });
  }
};
