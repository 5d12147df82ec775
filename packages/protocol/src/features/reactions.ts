// Reactions: one emoji under a message, by whoever may write there; each person once with each emoji.
import { z } from "zod";
import { event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Emoji, Empty, Id, PathId } from "../kit/primitives.ts";
import { Message, PrivateMessage, Reaction } from "./messages.ts";

const params = z.strictObject({ id: PathId, emoji: Emoji });

export const addReaction = operation({
  method: "put",
  path: "/api/chat/messages/{id}/reactions/{emoji}/",
  authz: "member",
  summary: "React to a message; a second time changes nothing",
  params,
  body: Empty.optional(),
  responses: { 200: Message },
  errors: ["muted", "room_inactive", "message_deleted", "too_many_reactions"],
});

export const removeReaction = operation({
  method: "delete",
  path: "/api/chat/messages/{id}/reactions/{emoji}/",
  authz: "member",
  summary: "Take my reaction back; a second time changes nothing",
  params,
  responses: { 200: Message },
  errors: ["bad_request", "muted", "room_inactive", "message_deleted"],
});

export const addPrivateReaction = operation({
  method: "put",
  path: "/api/chat/private-messages/{id}/reactions/{emoji}/",
  authz: "participant",
  summary: "React to a private message; a second time changes nothing",
  params,
  body: Empty.optional(),
  responses: { 200: PrivateMessage },
  errors: ["not_a_member", "muted", "thread_inactive", "room_inactive", "message_deleted", "too_many_reactions"],
});

export const removePrivateReaction = operation({
  method: "delete",
  path: "/api/chat/private-messages/{id}/reactions/{emoji}/",
  authz: "participant",
  summary: "Take my reaction to a private message back; a second time changes nothing",
  params,
  responses: { 200: PrivateMessage },
  errors: ["bad_request", "not_a_member", "muted", "thread_inactive", "room_inactive", "message_deleted"],
});

/** All reactions of the message as they are now: whoever missed the ones before has missed nothing. */
export const reactionChanged = event({
  type: "reaction_changed",
  durable: true,
  audience: "log",
  fields: { message_id: Id, reactions: z.array(Reaction) },
});
