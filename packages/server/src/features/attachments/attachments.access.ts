// The one gate to files: who uploaded one, until it is sent; then whoever may read its message now. Else there is none.
import { Refusal, SIZES, type UserCard } from "@homeroom/protocol";
import { type LogRef, logRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { findAttachment, type SentRow } from "./attachments.store.ts";

const HOUR_MS = 3_600_000;
/** Since when a file must have been uploaded to be sent still. */
export const unsentSince = (now: number): number => now - SIZES.upload_hours * HOUR_MS;

/** Whether somebody may read a log now; the rooms' and private threads' own gates answer it. */
export type MayRead = (userId: number, log: LogRef) => Promise<boolean>;

const mayHave = async (mayRead: MayRead, user: UserCard, row: SentRow, now: number): Promise<boolean> => {
  const { message_id, log_id, log_kind } = row;
  if (message_id === null) return row.uploader_id === user.id && row.created_at > unsentSince(now);
  if (log_id === null || log_kind === null || row.message_deleted_at !== null) return false;
  return mayRead(user.id, logRef(log_kind, log_id));
};

/** 404 for whoever may not know of it, so that ids tell nothing; 409 while nobody may have it. */
export const requireFile = async (
  db: Db,
  mayRead: MayRead,
  user: UserCard,
  id: string,
  now: number,
): Promise<SentRow> => {
  const row = await findAttachment(db, id);
  if (!row || !(await mayHave(mayRead, user, row, now))) throw new Refusal("not_found");
  if (row.state === "scanning") throw new Refusal("attachment_not_ready", { retry_after_ms: 1_000 });
  if (row.state === "quarantined") throw new Refusal("attachment_blocked");
  return row;
};
