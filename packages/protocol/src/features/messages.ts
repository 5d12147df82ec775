// Messages of a room: sending, quoting, editing, deleting, history, the threads that grow from them, read marks.
import { z } from "zod";
import { clientFrame, event, type FieldsRule } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import {
  ClientId,
  Emoji,
  Empty,
  Epoch,
  Id,
  Instant,
  isBlank,
  LogQuery,
  MaybeContent,
  page,
  PageQuery,
  PathId,
  Ref,
  Seq,
} from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";
import { UserCard } from "./accounts.ts";
import { Attachment, AttachmentId } from "./attachments.ts";

/**
 * What is quoted. `room` is there only where a private thread quotes a message of its room, and says which; the excerpt
 * of such a quote is "" while not both people of the thread are in that room.
 */
export const ReplyPreview = z
  .strictObject({ id: Id, sender: UserCard, excerpt: z.string(), deleted: z.boolean(), room: Id.optional() })
  .meta({ id: "ReplyPreview" });

/** `unread_count` and `following` are the viewer's own; in events, which are the same for everybody, both are null. */
export const Replies = z
  .strictObject({
    count: z.int().nonnegative(),
    last_at: Instant.nullable(),
    people: z.array(UserCard),
    unread_count: z.int().nonnegative().nullable(),
    following: z.boolean().nullable(),
  })
  .meta({ id: "Replies" });
export type Replies = z.infer<typeof Replies>;

/** In order of first use. The same for everybody: whether it is mine, `user_ids` tells. */
export const Reaction = z
  .strictObject({ emoji: Emoji, count: z.int().positive(), user_ids: z.array(Id) })
  .meta({ id: "Reaction" });
export type Reaction = z.infer<typeof Reaction>;

/** What rooms and private threads share. A deleted message keeps its place and loses its words. */
const messageFields = {
  id: Id,
  seq: Seq,
  client_id: z.string().nullable(),
  sender: UserCard,
  content: z.string(),
  reply_to: Id.nullable(),
  reply_preview: ReplyPreview.nullable(),
  thread_root: Id.nullable(),
  also_in_room: z.boolean(),
  replies: Replies.nullable(),
  attachments: z.array(Attachment),
  reactions: z.array(Reaction),
  pinned: z.boolean(),
  created_at: Instant,
  edited_at: Instant.nullable(),
  deleted: z.boolean(),
};

export const Message = z.strictObject({ room: Id, ...messageFields }).meta({ id: "Message" });
export type Message = z.infer<typeof Message>;
export const PrivateMessage = z.strictObject({ thread: Id, ...messageFields }).meta({ id: "PrivateMessage" });
export type PrivateMessage = z.infer<typeof PrivateMessage>;

const place = { seq: Seq, created_at: Instant };
/** With `?include=events` a page of history also has these in their place. */
export const TimelineItem = z
  .discriminatedUnion("kind", [
    Message.extend({ kind: z.literal("message") }),
    z.strictObject({ kind: z.literal("user_joined"), ...place, user: UserCard }),
    z.strictObject({ kind: z.literal("user_left"), ...place, user: UserCard, kicked: z.boolean() }),
    z.strictObject({ kind: z.literal("room_updated"), ...place }),
  ])
  .meta({ id: "TimelineItem" });
export type TimelineItem = z.infer<typeof TimelineItem>;

/** What may be sent, over REST and sockets alike. */
export const draftFields = {
  content: MaybeContent,
  client_id: ClientId.optional(),
  reply_to: Id.nullable().optional(),
  thread_root: Id.nullable().optional(),
  also_in_room: z.boolean().optional(),
  attachments: z
    .array(AttachmentId)
    .max(SIZES.attachments)
    .refine((ids) => new Set(ids).size === ids.length, "Names a file twice.")
    .optional(),
};
/** Who sends files need not say a word. */
export const draftRule: FieldsRule = [
  ({ content, attachments }) => !isBlank(String(content)) || (Array.isArray(attachments) && attachments.length > 0),
  { path: ["content"], message: "Must not be blank." },
];
export const Draft = z.strictObject(draftFields).refine(...draftRule);
export type Draft = z.infer<typeof Draft>;

const inRoom = z.strictObject({ id: PathId });

export const listMessages = operation({
  method: "get",
  path: "/api/chat/rooms/{id}/messages/",
  authz: "member",
  summary: "A page of a room's history, in ascending seq",
  params: inRoom,
  query: LogQuery.extend({ include: z.literal("events").optional() }),
  responses: { 200: page(z.union([Message, TimelineItem])) },
  errors: ["not_a_member"],
});

export const sendMessage = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/messages/",
  authz: "member",
  summary: "Send a message; the same client_id again gives the first answer",
  params: inRoom,
  body: Draft,
  responses: { 201: Message, 200: Message },
  errors: ["not_a_member", "muted", "room_inactive", "idempotency_conflict"],
});

export const editMessage = operation({
  method: "patch",
  path: "/api/chat/messages/{id}/",
  authz: "sender",
  summary: "Change the words of my message; its files stay, and with files it may be left without words",
  params: inRoom,
  body: z.strictObject({ content: MaybeContent }),
  responses: { 200: Message },
  errors: ["message_deleted", "room_inactive", "muted"],
});

export const deleteMessage = operation({
  method: "delete",
  path: "/api/chat/messages/{id}/",
  authz: "sender_or_moderator",
  summary: "Delete a message; its place stays",
  params: inRoom,
  responses: { 204: null },
  errors: ["room_inactive"],
});

export const readRoom = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/read/",
  authz: "member",
  summary: "Move my read mark; unread=true is the only way back",
  params: inRoom,
  body: z.strictObject({ seq: Seq, unread: z.boolean().optional() }),
  responses: { 200: z.strictObject({ seq: Seq, unread_count: z.int(), mention_count: z.int() }) },
});

export const getThread = operation({
  method: "get",
  path: "/api/chat/messages/{id}/thread/",
  authz: "member",
  summary: "A message and the replies in its thread, oldest first",
  params: inRoom,
  query: LogQuery.omit({ around: true }),
  // Of a root without replies nothing else says whether I follow what will come.
  responses: { 200: page(Message).extend({ root: Message, following: z.boolean() }) },
});

export const followThread = operation({
  method: "put",
  path: "/api/chat/messages/{id}/follow/",
  authz: "member",
  summary: "Follow a thread",
  params: inRoom,
  body: Empty.optional(),
  responses: { 200: Message },
});

export const unfollowThread = operation({
  method: "delete",
  path: "/api/chat/messages/{id}/follow/",
  authz: "member",
  summary: "Stop following a thread",
  params: inRoom,
  responses: { 200: Message },
});

export const readThread = operation({
  method: "post",
  path: "/api/chat/messages/{id}/thread/read/",
  authz: "member",
  summary: "Move my read mark within a thread",
  params: inRoom,
  body: z.strictObject({ seq: Seq }),
  responses: { 200: z.strictObject({ seq: Seq, unread_count: z.int() }) },
});

export const listThreads = operation({
  method: "get",
  path: "/api/chat/threads/",
  authz: "user",
  summary: "The threads that I write in or follow, newest activity first",
  query: PageQuery,
  responses: { 200: page(Message) },
});

export const chatMessageFrame = clientFrame({
  type: "chat_message",
  authz: "member",
  fields: { room: Id.optional(), ...draftFields },
  rule: draftRule,
});
export const readFrame = clientFrame({
  type: "read",
  authz: "member",
  fields: { room: Id.optional(), thread: Id.optional(), seq: Seq },
});

export const chatMessage = event({
  type: "chat_message",
  durable: true,
  audience: "log",
  fields: { message: Message },
});
/** I follow a thread from now on, or do not any more: told to my own sockets. */
export const myThreadChanged = event({
  type: "my_thread_changed",
  durable: false,
  audience: "user",
  fields: { room: Id, message_id: Id, following: z.boolean() },
});
const EitherMessage = z.union([Message, PrivateMessage]);
export const messageEdited = event({
  type: "message_edited",
  durable: true,
  audience: "log",
  fields: { message: EitherMessage },
});
export const messageDeleted = event({
  type: "message_deleted",
  durable: true,
  audience: "log",
  fields: { message: EitherMessage },
});
/** To the sender, after the commit. */
export const ack = event({
  type: "ack",
  durable: false,
  audience: "socket",
  fields: {
    client_id: z.string().nullable(),
    ref: Ref.optional(),
    id: Id,
    room: Id.optional(),
    thread: Id.optional(),
    seq: Seq,
    epoch: Epoch,
    created_at: Instant,
    duplicate: z.boolean(),
  },
});
/** My own other sockets, and the partner of a private thread. */
export const readMoved = event({
  type: "read",
  durable: false,
  audience: "others",
  fields: { room: Id.optional(), thread: Id.optional(), user: UserCard, seq: Seq },
});
