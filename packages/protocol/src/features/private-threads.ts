// Private threads: two people of one room, beside it. One thread per room and pair.
import { z } from "zod";
import { clientFrame, event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Epoch, Id, Instant, LogQuery, MaybeContent, page, PageQuery, PathId, Seq } from "../kit/primitives.ts";
import { UserCard } from "./accounts.ts";
import { Draft, draftFields, draftRule, PrivateMessage, ReplyPreview } from "./messages.ts";

/** Closed by staff, the room archived, the viewer or the other one not in the room any more, not by the school's rules. */
export const WriteRefusal = z.enum([
  "thread_inactive",
  "room_inactive",
  "not_a_member",
  "partner_gone",
  "private_threads_restricted",
]);

export const PrivateThread = z
  .strictObject({
    id: Id,
    room: Id,
    /** The room message whose "Reply privately" opened the thread, or null. */
    owner_message: Id.nullable(),
    /** That message as quotes are shown; null for none, and for staff who are not one of the two. */
    owner_preview: ReplyPreview.nullable(),
    user1: UserCard,
    user2: UserCard,
    is_active: z.boolean(),
    /** Whether the viewer may write here, but for a mute, which passes by itself. */
    can_write: z.boolean(),
    /** Why not; null where they may, and for who is not one of the two. */
    write_refusal: WriteRefusal.nullable(),
    epoch: Epoch,
    last_seq: Seq,
    unread_count: z.int().nonnegative(),
    /** How far the other person has read; null for who is not one of the two. */
    partner_read: Seq.nullable(),
    last_message: PrivateMessage.nullable(),
    created_at: Instant,
  })
  .meta({ id: "PrivateThread" });
export type PrivateThread = z.infer<typeof PrivateThread>;

const params = z.strictObject({ id: PathId });

export const listPrivateThreads = operation({
  method: "get",
  path: "/api/chat/private-threads/",
  authz: "participant",
  summary: "My private threads, newest activity first",
  query: PageQuery,
  responses: { 200: page(PrivateThread) },
});

export const openPrivateThread = operation({
  method: "post",
  path: "/api/chat/private-threads/",
  authz: "member",
  summary: "Open the private thread with the sender of a message, or with somebody in a room",
  body: z.union([z.strictObject({ message_id: Id }), z.strictObject({ user_id: Id, room_id: Id })]),
  responses: { 201: PrivateThread, 200: PrivateThread },
  errors: ["cannot_target_self", "private_threads_restricted", "room_inactive"],
  idempotent: true,
});

export const getPrivateThread = operation({
  method: "get",
  path: "/api/chat/private-threads/{id}/",
  authz: "participant",
  summary: "One private thread of mine",
  params,
  responses: { 200: PrivateThread },
});

export const updatePrivateThread = operation({
  method: "patch",
  path: "/api/chat/private-threads/{id}/",
  authz: "staff_of_room",
  summary: "Close or open a private thread",
  params,
  body: z.strictObject({ is_active: z.boolean() }),
  responses: { 200: PrivateThread },
});

export const listPrivateMessages = operation({
  method: "get",
  path: "/api/chat/private-threads/{id}/messages/",
  authz: "participant",
  summary: "A page of a private thread, in ascending seq",
  params,
  query: LogQuery,
  responses: { 200: page(PrivateMessage) },
});

export const sendPrivateMessage = operation({
  method: "post",
  path: "/api/chat/private-threads/{id}/messages/",
  authz: "participant",
  summary: "Write privately",
  params,
  body: Draft,
  responses: { 201: PrivateMessage, 200: PrivateMessage },
  errors: ["not_a_member", "muted", "thread_inactive", "room_inactive", "idempotency_conflict"],
});

export const readPrivateThread = operation({
  method: "post",
  path: "/api/chat/private-threads/{id}/read/",
  authz: "participant",
  summary: "Move my read mark; unread=true is the only way back",
  params,
  body: z.strictObject({ seq: Seq, unread: z.boolean().optional() }),
  responses: { 200: z.strictObject({ seq: Seq, unread_count: z.int(), mention_count: z.int() }) },
});

export const editPrivateMessage = operation({
  method: "patch",
  path: "/api/chat/private-messages/{id}/",
  authz: "sender",
  summary: "Change the words of my private message",
  params,
  body: z.strictObject({ content: MaybeContent }),
  responses: { 200: PrivateMessage },
  errors: ["message_deleted", "thread_inactive", "room_inactive", "muted"],
});

export const deletePrivateMessage = operation({
  method: "delete",
  path: "/api/chat/private-messages/{id}/",
  authz: "sender",
  summary: "Delete my private message; its place stays",
  params,
  responses: { 204: null },
  errors: ["thread_inactive", "room_inactive"],
});

export const privateMessageFrame = clientFrame({
  type: "private_message",
  authz: "participant",
  fields: { thread: Id.optional(), ...draftFields },
  rule: draftRule,
});

export const privateMessage = event({
  type: "private_message",
  durable: true,
  audience: "log",
  fields: { message: PrivateMessage },
});
/** A thread was closed or opened by staff. */
export const threadUpdated = event({
  type: "thread_updated",
  durable: true,
  audience: "log",
  fields: { is_active: z.boolean() },
});
/** Somebody opened a private thread with me, or I did on another device. */
export const threadAdded = event({
  type: "thread_added",
  durable: false,
  audience: "user",
  fields: { thread: Id, details: PrivateThread },
});
