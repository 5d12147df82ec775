// Messages: the front of the feature. Rooms' operations stand here; private threads use the same parts.
import type { Message, TimelineItem, UserCard } from "@homeroom/protocol";
import { readIfAllowed } from "../../kit/allowed.ts";
import type { FrameHandlers, Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { deleteMessage, editMessage } from "./changing.ts";
import { messagePage, timelinePage } from "./history.ts";
import { read, type ReadAsked } from "./reading.ts";
import { replyThreadOperations } from "./reply-threads.ts";
import { roomPlace } from "./room-place.ts";
import { sender, type Sent } from "./sending.ts";

export { deleteMessage, editMessage } from "./changing.ts";
export { lastMessages, messageFacts, messagesIn, privateThreadFacts } from "./facts.ts";
export { messagePage } from "./history.ts";
export { type HoldMessage, holdRoomMessage, holdsPrivateMessages } from "./holding.ts";
export { viewRoomMessages } from "./message-view.ts";
export type { Place } from "./place.ts";
export { read, type ReadAsked } from "./reading.ts";
export { replayMessages } from "./replay.ts";
export { roomMessage } from "./reply-threads.ts";
export { type Send, sender, type Sent } from "./sending.ts";

type Operations = Pick<
  Handlers,
  | "listMessages"
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
  | "readRoom"
  | "getThread"
  | "followThread"
  | "unfollowThread"
  | "readThread"
  | "listThreads"
>;

/** What the sender's socket is told. */
export const ackFrame = ({ message, epoch, duplicate }: Sent) => ({
  type: "ack" as const,
  client_id: message.client_id,
  id: message.id,
  ...("room" in message ? { room: message.room } : { thread: message.thread }),
  seq: message.seq,
  epoch,
  created_at: message.created_at,
  duplicate,
});

export interface MessagesFeature {
  operations: Operations;
  frames: Pick<FrameHandlers, "chat_message">;
  readRoom(user: UserCard, roomId: number, asked: ReadAsked, socket?: number): ReturnType<typeof read>;
}

export const messagesFeature = (kit: Kit): MessagesFeature => {
  const send = sender(kit);
  return {
    readRoom: (user, roomId, asked, socket) => read(kit, roomPlace(roomId), user, asked, { socket }),
    operations: {
      listMessages: async ({ params, query }, { caller: { user } }) => {
        const place = roomPlace(params.id);
        const path = `/api/chat/rooms/${params.id}/messages/`;
        const { include, ...asked } = query;
        const readPage = include ? timelinePage : messagePage;
        const page = await readIfAllowed<Awaited<ReturnType<typeof readPage>>>(
          kit.db.read,
          () => readPage(kit.db.read, place.log, asked, path, user.id),
          () => place.read(kit.db.read, user),
        );
        return { status: 200, body: { ...page, results: page.results as Array<Message | TimelineItem> } };
      },
      sendMessage: async ({ params, body }, { caller: { user } }) => {
        const sent = await send(roomPlace(params.id), user, body);
        return { status: sent.duplicate ? 200 : 201, body: sent.message as Message };
      },
      editMessage: async ({ params, body }, { caller: { user } }) => {
        const message = await editMessage(kit, "room", roomPlace, user, params.id, body.content);
        return { status: 200, body: message as Message };
      },
      deleteMessage: async ({ params }, { caller: { user } }) => {
        await deleteMessage(kit, "room", roomPlace, user, params.id);
        return { status: 204, body: undefined };
      },
      readRoom: async ({ params, body }, { caller: { user } }) => ({
        status: 200,
        body: await read(kit, roomPlace(params.id), user, body),
      }),
      ...replyThreadOperations(kit),
    },
    frames: {
      chat_message: async (frame, log, { caller: { user } }) => {
        const { type: _type, ref: _ref, room: _room, ...draft } = frame;
        return ackFrame(await send(roomPlace(log?.id ?? 0), user, draft));
      },
    },
  };
};
