// A file's row when its check is over. Separate, since only the job writes it.
import type { Db } from "../../kit/tables.ts";
import type { AttachmentRow } from "./attachments.store.ts";

/** What a check may find out, or make anew. */
export type Verdict =
  | { state: "quarantined"; problem: "infected" | "unreadable" }
  | ({ state: "ready" } & Partial<
      Pick<AttachmentRow, "name" | "mime" | "size" | "width" | "height" | "placeholder" | "has_thumbs" | "blob">
    >);

/** Null where it is not any more what was read: sent meanwhile, thrown away, or settled by somebody else. */
export const settleAttachment = async (
  tx: Db,
  { id, message_id, blob }: Pick<AttachmentRow, "id" | "message_id" | "blob">,
  verdict: Verdict,
): Promise<AttachmentRow | null> =>
  (await tx
    .updateTable("attachments")
    .set(verdict)
    .where("id", "=", id)
    .where("blob", "=", blob)
    .where("state", "=", "scanning")
    .where((eb) => (message_id === null ? eb("message_id", "is", null) : eb("message_id", "=", message_id)))
    .returningAll()
    .executeTakeFirst()) ?? null;
