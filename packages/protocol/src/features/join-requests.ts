// Join requests: asking to be let into a private room, and the answer.
import { z } from "zod";
import { event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Empty, Id, page, PageQuery, PathId, Reason, text } from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";
import { JoinRequest, JoinRequestStatus, Room } from "./rooms.ts";

const params = z.strictObject({ id: PathId });
const requestParams = z.strictObject({ id: PathId, request_id: PathId });

export const createJoinRequest = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/join-request/",
  authz: "visible",
  summary: "Ask to be let into a private room",
  params,
  body: z.strictObject({ note: text({ max: SIZES.note, lines: true }).optional() }).optional(),
  responses: { 201: JoinRequest },
  errors: ["room_is_public", "already_member", "already_pending", "join_cooldown", "room_inactive"],
  idempotent: true,
});

export const withdrawJoinRequest = operation({
  method: "delete",
  path: "/api/chat/rooms/{id}/join-request/",
  authz: "visible",
  summary: "Take my request back, as if I had not asked; 404 where nothing waits",
  params,
  responses: { 204: null },
});

export const listJoinRequests = operation({
  method: "get",
  path: "/api/chat/rooms/{id}/join-requests/",
  authz: "host_or_cohost",
  summary: "Requests for a room, pending ones first",
  params,
  query: PageQuery.extend({ status: JoinRequestStatus.optional() }),
  responses: { 200: page(JoinRequest) },
});

export const approveJoin = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/approve-join/{request_id}/",
  authz: "host_or_cohost",
  summary: "Let somebody in",
  params: requestParams,
  body: Empty.optional(),
  responses: { 200: JoinRequest },
  errors: ["already_processed", "room_full"],
});

export const denyJoin = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/deny-join/{request_id}/",
  authz: "host_or_cohost",
  summary: "Decline a request, with a reason if you like",
  params: requestParams,
  body: z.strictObject({ reason: Reason.optional() }).optional(),
  responses: { 200: JoinRequest },
  errors: ["already_processed"],
});

export const joinRequested = event({
  type: "join_request",
  durable: false,
  audience: "moderators",
  fields: { request: JoinRequest },
});
/** Somebody let the asker in or declined: the other moderators need not. */
export const joinRequestDecided = event({
  type: "join_request_decided",
  durable: false,
  audience: "moderators",
  fields: { request: JoinRequest },
});
/** The asker took it back: it is gone. Also to the asker's own devices. */
export const joinRequestWithdrawn = event({
  type: "join_request_withdrawn",
  durable: false,
  audience: "moderators",
  fields: { request: JoinRequest },
});
export const joinApproved = event({
  type: "join_approved",
  durable: false,
  audience: "user",
  fields: { request: JoinRequest, room: Id, details: Room },
});
export const joinDenied = event({
  type: "join_denied",
  durable: false,
  audience: "user",
  fields: { request: JoinRequest, room: Id },
});
