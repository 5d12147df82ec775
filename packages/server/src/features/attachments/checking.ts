// The job that looks at a file before anybody may have it: scanned, a picture made anew, then its row and whoever waits.
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Refusal } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import type { Kit } from "../../kit/kit.ts";
import { lockLog } from "../../kit/log.ts";
import { logRef, type MadePicture, type Worker } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { toAttachment, updatedEvent } from "./attachment-view.ts";
import { type AttachmentRow, findAttachment, type SentRow } from "./attachments.store.ts";
import { settleAttachment, type Verdict } from "./checking.store.ts";
import { cleanName } from "./names.ts";
import { newBlobKey, removeBlob } from "./uploading.ts";

/** So often at most somebody comes between; a file is sent once. */
const TURNS = 5;

/** Done twice it does nothing the second time. Rejects with `Later` while the scanner is away: nothing passes unseen. */
export const checkAttachment =
  (kit: Kit): Worker =>
  async (id) => {
    const row = await findWaiting(kit.db.read, id);
    if (!row) return;
    const found = kit.scanner ? await kit.scanner.scan(await bytesOf(kit, row)) : null;
    if (found !== null) {
      kit.logger.warn({ attachment: id, uploader: row.uploader_id, found }, "malware was found in a file");
      await settle(kit, row, { state: "quarantined", problem: "infected" });
    } else if (row.kind === "image") await remake(kit, row);
    else await settle(kit, row, { state: "ready" });
  };

/** Null for one that was thrown away or that somebody was done with. */
const findWaiting = async (db: Db, id: string): Promise<SentRow | null> => {
  const row = await findAttachment(db, id);
  return row?.state === "scanning" ? row : null;
};

const bytesOf = async (kit: Kit, row: AttachmentRow) => {
  const bytes = await kit.files.read(row.blob);
  if (!bytes) throw new Error("the bytes of a file are missing");
  return bytes;
};

const remake = async (kit: Kit, row: AttachmentRow): Promise<void> => {
  const folder = await mkdtemp(join(kit.staging, "picture-"));
  try {
    const original = join(folder, "original");
    await pipeline(await bytesOf(kit, row), createWriteStream(original, { mode: 0o600 }));
    const made = await makeOrNull(kit, original, folder);
    if (made) await exchange(kit, row, made);
    else await settle(kit, row, { state: "quarantined", problem: "unreadable" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Null for what is no whole picture, or more of one than its header said. */
const makeOrNull = async (kit: Kit, original: string, folder: string): Promise<MadePicture | null> => {
  try {
    return await kit.pictures.make(original, folder);
  } catch (error) {
    if (error instanceof Refusal && (error.key === "unreadable_file" || error.key === "too_large")) return null;
    throw error;
  }
};

/** Blobs first, row second, and only then the original goes, with whatever it told of its maker. */
const exchange = async (kit: Kit, row: AttachmentRow, made: MadePicture): Promise<void> => {
  const blob = newBlobKey();
  try {
    await kit.files.keep(`${blob}-s`, made.thumb);
    await kit.files.keep(`${blob}-l`, made.largeThumb);
    await kit.files.keep(blob, made.picture);
  } catch (error) {
    await removeBlob(kit, blob);
    throw error;
  }
  const { mime, size, width, height, placeholder } = made;
  const name = mime === row.mime ? row.name : cleanName(row.name.replace(/\.\w{1,12}$/, ""), mime);
  // Where this fails, nobody knows what was committed: what is not needed then is collected later.
  const isOurs = await settle(kit, row, {
    state: "ready",
    name,
    mime,
    size,
    width,
    height,
    placeholder,
    has_thumbs: 1,
    blob,
  });
  await removeBlob(kit, isOurs ? row.blob : blob);
};

/** False where the file is gone, or was settled by somebody else. */
const settle = async (kit: Kit, { id, blob }: AttachmentRow, verdict: Verdict): Promise<boolean> => {
  for (let turns = 0; turns < TURNS; turns++) {
    const outcome = await act(kit, (turn) => settleNow(turn, id, blob, verdict));
    if (outcome !== "moved") return outcome === "settled";
  }
  throw new Error("a file was never twice in the same place");
};

/** The row and what people are told of it are one transaction; `moved` where it was sent at this very moment. */
const settleNow = async (
  turn: Turn,
  id: string,
  blob: string,
  verdict: Verdict,
): Promise<"settled" | "moved" | "gone"> => {
  const seen = await findWaiting(turn.tx, id);
  if (seen?.blob !== blob) return "gone";
  const { message_id, log_id, log_kind } = seen;
  if (message_id === null || log_id === null || log_kind === null) {
    const row = await settleAttachment(turn.tx, seen, verdict);
    if (!row) return "moved";
    turn.tell([row.uploader_id], { type: "upload_updated", attachment: toAttachment(row) });
    return "settled";
  }
  const log = await lockLog(turn.tx, logRef(log_kind, log_id));
  const row = await settleAttachment(turn.tx, seen, verdict);
  if (!row) return "moved";
  // Read under the lock: of a deleted message nobody hears anything more.
  const isDeleted = (await findAttachment(turn.tx, id))?.message_deleted_at !== null;
  if (log && !isDeleted) await turn.append(log, ...updatedEvent(row, message_id));
  return "settled";
};
