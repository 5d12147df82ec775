// Rows of a log that are about messages as frames again, with today's content.
import type { DurableFrame, Message, PrivateMessage } from "@homeroom/protocol";
import { type DurableBody, durableFrame } from "../../kit/action.ts";
import type { Replay } from "../../kit/replay.ts";
import { viewMessages } from "./message-view.ts";
import { messagesById } from "./messages.store.ts";

type AnyMessage = Message | PrivateMessage;

const aboutMessages =
  (body: (message: AnyMessage) => DurableBody): Replay =>
  async (db, log, rows) => {
    const found = await messagesById(
      db,
      rows.flatMap((row) => (row.message_id === null ? [] : [row.message_id])),
    );
    const views = await viewMessages(db, log, found, null);
    const byId = new Map(views.map((view) => [view.id, view]));
    return rows.map((row) => {
      const message = byId.get(row.message_id ?? 0);
      if (!message) throw new Error(`message ${row.message_id} of log ${log.id} is missing`);
      return durableFrame(log, row.seq, body(message));
    });
  };

export const replayMessages = {
  chat_message: aboutMessages((message) => ({ type: "chat_message", message: message as Message })),
  private_message: aboutMessages((message) => ({ type: "private_message", message: message as PrivateMessage })),
  message_edited: aboutMessages((message) => ({ type: "message_edited", message })),
  message_deleted: aboutMessages((message) => ({ type: "message_deleted", message })),
} satisfies Partial<Record<DurableFrame["type"], Replay>>;
