// Rows of a log that are about messages as frames again, with today's content.
import type { DurableFrame, Message, PrivateMessage } from "@homeroom/protocol";
import { type DurableBody, durableFrame } from "../../kit/action.ts";
import type { EventRow } from "../../kit/log.ts";
import type { Replay } from "../../kit/replay.ts";
import { updatedIn } from "../attachments/attachments.ts";
import { type AnyMessage, viewMessages } from "./message-view.ts";

const aboutMessages =
  (body: (message: AnyMessage, row: EventRow) => DurableBody): Replay =>
  async (db, log, rows) => {
    const views = await viewMessages(
      db,
      log.kind,
      rows.flatMap(({ message_id }) => message_id ?? []),
      null,
    );
    return rows.map((row) => {
      const message = views.get(row.message_id ?? 0);
      if (!message) throw new Error(`message ${row.message_id} of log ${log.id} is missing`);
      return durableFrame(log, row.seq, body(message, row));
    });
  };

/** As the file is today. Of a deleted message nothing is told any more but that it is gone. */
const attachmentUpdated = (message: AnyMessage, row: EventRow): DurableBody => {
  const attachment = message.attachments.find(({ id }) => id === updatedIn(row.data));
  if (attachment) return { type: "attachment_updated", message_id: message.id, attachment };
  return { type: "message_deleted", message };
};

export const replayMessages = {
  chat_message: aboutMessages((message) => ({ type: "chat_message", message: message as Message })),
  private_message: aboutMessages((message) => ({ type: "private_message", message: message as PrivateMessage })),
  message_edited: aboutMessages((message) => ({ type: "message_edited", message })),
  attachment_updated: aboutMessages(attachmentUpdated),
  message_deleted: aboutMessages((message) => ({ type: "message_deleted", message })),
} satisfies Partial<Record<DurableFrame["type"], Replay>>;
