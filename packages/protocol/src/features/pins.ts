// Pinned messages: what the hosts of a room keep at hand for everybody in it.
import { z } from "zod";
import { event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Empty, Id, page, PageQuery, PathId } from "../kit/primitives.ts";
import { Message } from "./messages.ts";

const params = z.strictObject({ id: PathId });

export const pinMessage = operation({
  method: "put",
  path: "/api/chat/messages/{id}/pin/",
  authz: "host_or_cohost",
  summary: "Pin a message; a second time changes nothing",
  params,
  body: Empty.optional(),
  responses: { 200: Message },
  errors: ["room_inactive", "message_deleted", "too_many_pins"],
});

export const unpinMessage = operation({
  method: "delete",
  path: "/api/chat/messages/{id}/pin/",
  authz: "host_or_cohost",
  summary: "Unpin a message; a second time changes nothing",
  params,
  responses: { 200: Message },
  errors: ["room_inactive", "message_deleted"],
});

export const listPins = operation({
  method: "get",
  path: "/api/chat/rooms/{id}/pins/",
  authz: "member",
  summary: "What is pinned in a room, the newest pin first",
  params,
  query: PageQuery,
  responses: { 200: page(Message) },
  errors: ["not_a_member"],
});

/** A deletion unpins as well, and says so by itself. */
export const pinsChanged = event({
  type: "pins_changed",
  durable: true,
  audience: "log",
  fields: { message_id: Id, pinned: z.boolean() },
});
