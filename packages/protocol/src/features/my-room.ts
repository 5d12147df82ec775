// What a room is to one person alone, and their choice to keep it quiet.
import { z } from "zod";
import { event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Empty, Id, PathId } from "../kit/primitives.ts";
import { ownFields, Room } from "./rooms.ts";

const params = z.strictObject({ id: PathId });

export const quietRoom = operation({
  method: "put",
  path: "/api/chat/rooms/{id}/quiet/",
  authz: "member",
  summary: "No notifications of a room for me; leaving it forgets that",
  params,
  body: Empty.optional(),
  responses: { 200: Room },
});

export const unquietRoom = operation({
  method: "delete",
  path: "/api/chat/rooms/{id}/quiet/",
  authz: "member",
  summary: "Notifications of a room for me again",
  params,
  responses: { 200: Room },
});

/** What a room is to me changed: I keep it quiet or not, I was muted or may speak again, I came to lead it or do no more. */
export const myRoomChanged = event({
  type: "my_room_changed",
  durable: false,
  audience: "user",
  fields: { room: Id, ...ownFields },
});
