// Attachments as people see them: rows to the objects of the contract.
import type { Attachment } from "@homeroom/protocol";
import type { Db } from "../../kit/tables.ts";
import { type AttachmentJson, type AttachmentRow, attachmentRowsOf } from "./attachments.store.ts";

export const urlOf = (id: string): string => `/api/chat/attachments/${id}/`;

export const toAttachment = (row: AttachmentJson): Attachment => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  mime: row.mime,
  size: row.size,
  width: row.width,
  height: row.height,
  duration_ms: row.duration_ms,
  waveform: row.waveform === null ? null : (JSON.parse(row.waveform) as number[]),
  placeholder: row.placeholder,
  url: urlOf(row.id),
  thumb_url: row.has_thumbs === 1 ? `${urlOf(row.id)}thumb/` : null,
  state: row.state,
  problem: row.problem,
});

/** What its log is told when a file that was sent was checked; and what the row of the log keeps, to tell it again. */
export const updatedEvent = (row: AttachmentRow, messageId: number) =>
  [
    { type: "attachment_updated", message_id: messageId, attachment: toAttachment(row) },
    { message_id: messageId, data: { attachment: row.id } },
  ] as const;

/** Which file such a row of the log is about. */
export const updatedIn = (data: string | null): string =>
  (JSON.parse(data ?? "{}") as { attachment: string }).attachment;

/** By message, in their order; one query, or none where no message has any. */
export const attachmentsOf = async (db: Db, messageIds: readonly number[]): Promise<Map<number, Attachment[]>> => {
  const rows = await attachmentRowsOf(db, messageIds);
  const byMessage = Map.groupBy(rows, ({ message_id }) => message_id ?? 0);
  return new Map([...byMessage].map(([id, some]) => [id, some.map(toAttachment)]));
};
