// Rooms: their cards and details, and who is in them: joining, leaving, roles, muting, removing.
import { z } from "zod";
import { clientFrame, event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Empty, Epoch, Id, Instant, page, PageQuery, PathId, Reason, Seq, text } from "../kit/primitives.ts";
import { SIZES } from "../kit/sizes.ts";
import { InviteCode, UserCard } from "./accounts.ts";
import { Message } from "./messages.ts";

export const RoomRole = z.enum(["host", "cohost", "member"]);
export type RoomRole = z.infer<typeof RoomRole>;

// The request stands here, not in join-requests.ts, since a room's card shows the viewer's own.
export const JoinRequestStatus = z.enum(["pending", "approved", "denied"]);

export const JoinRequest = z
  .strictObject({
    id: Id,
    room: Id,
    user: UserCard,
    status: JoinRequestStatus,
    created_at: Instant,
    /** Null while pending, then set exactly once. */
    processed_at: Instant.nullable(),
    processed_by: UserCard.nullable(),
    note: z.string(),
    reason: z.string(),
    /** How many requests of this person for this room were declined before this one. */
    denied_before: z.int().nonnegative(),
  })
  .meta({ id: "JoinRequest" });
export type JoinRequest = z.infer<typeof JoinRequest>;

/**
 * What a stranger may see of a public or discoverable room. `my_role` and `join_request` are the viewer's own;
 * in a `room_updated` event, which is the same for everybody, both are null and say nothing.
 */
export const RoomCard = z
  .strictObject({
    id: Id,
    name: z.string(),
    description: z.string(),
    host: UserCard,
    public: z.boolean(),
    discoverable: z.boolean(),
    is_active: z.boolean(),
    participant_count: z.int(),
    max_participants: z.int(),
    my_role: RoomRole.nullable(),
    join_request: JoinRequest.nullable(),
  })
  .meta({ id: "RoomCard" });
export type RoomCard = z.infer<typeof RoomCard>;

const roomSettings = {
  allow_uploads: z.boolean(),
  allow_voice: z.boolean(),
  /** Whether members may open private threads from here, within the school's policy. */
  private_replies: z.boolean(),
  /** Seconds between two messages of one member; 0 for none. */
  slow_mode_s: z.int().min(0).max(3600),
};

/** The card with the settings that members see: what `room_updated` carries. */
export const RoomDetails = RoomCard.extend({ ...roomSettings, updated_at: Instant }).meta({ id: "RoomDetails" });
export type RoomDetails = z.infer<typeof RoomDetails>;

/** What a room is to the viewer alone; no event that is the same for all carries it. */
export const ownFields = {
  /** How many wait to be let in; for its host and cohosts, null for everybody else. */
  pending_requests: z.int().nonnegative().nullable(),
  /** The viewer wants no notifications of it. */
  quiet: z.boolean(),
  /** Until when the viewer may not write, and why ("" for no reason given). It is over when the time has passed. */
  my_mute: z.strictObject({ until: Instant, reason: z.string() }).nullable(),
};

export const Room = RoomDetails.extend({
  ...ownFields,
  created_at: Instant,
  epoch: Epoch,
  last_seq: Seq,
  unread_count: z.int().nonnegative(),
  mention_count: z.int().nonnegative(),
  last_message: Message.nullable(),
}).meta({ id: "Room" });
export type Room = z.infer<typeof Room>;

export const Participant = UserCard.extend({ room_role: RoomRole, muted_until: Instant.nullable() }).meta({
  id: "Participant",
});
export type Participant = z.infer<typeof Participant>;

export const RoomWithParticipants = Room.extend({ participants: z.array(Participant) }).meta({
  id: "RoomWithParticipants",
});
export type RoomWithParticipants = z.infer<typeof RoomWithParticipants>;

const Name = text({ min: SIZES.room_name_min, max: SIZES.room_name_max });
const Description = text({ max: SIZES.description, lines: true });
const writable = {
  description: Description.optional(),
  public: z.boolean().optional(),
  discoverable: z.boolean().optional(),
  max_participants: z.int().min(2).max(SIZES.room_members).optional(),
  allow_uploads: roomSettings.allow_uploads.optional(),
  allow_voice: roomSettings.allow_voice.optional(),
  private_replies: roomSettings.private_replies.optional(),
  slow_mode_s: roomSettings.slow_mode_s.optional(),
};
const params = z.strictObject({ id: PathId });
const memberParams = z.strictObject({ id: PathId, user_id: PathId });

export const listRooms = operation({
  method: "get",
  path: "/api/chat/rooms/",
  authz: "user",
  summary: "My rooms, active public rooms, discoverable private rooms (card only)",
  query: PageQuery,
  responses: { 200: page(z.union([Room, RoomCard])) },
});

export const createRoom = operation({
  method: "post",
  path: "/api/chat/rooms/",
  authz: "staff",
  summary: "Open a room; its maker is its host",
  body: z.strictObject({ name: Name, ...writable }),
  responses: { 201: Room },
  idempotent: true,
});

export const getRoom = operation({
  method: "get",
  path: "/api/chat/rooms/{id}/",
  authz: "visible",
  summary: "A room: whole for members, its card for strangers",
  params,
  responses: { 200: z.union([RoomWithParticipants, RoomCard]) },
});

export const updateRoom = operation({
  method: "patch",
  path: "/api/chat/rooms/{id}/",
  authz: "host",
  summary: "Change a room",
  params,
  body: z.strictObject({ name: Name.optional(), is_active: z.boolean().optional(), ...writable }),
  responses: { 200: Room },
});

export const deleteRoom = operation({
  method: "delete",
  path: "/api/chat/rooms/{id}/",
  authz: "host",
  summary: "Delete a room; its sockets close",
  params,
  responses: { 204: null },
});

export const joinRoom = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/join/",
  authz: "visible",
  summary: "Join a public room",
  params,
  body: Empty.optional(),
  responses: { 200: Room },
  errors: ["join_request_required", "room_full", "kicked", "room_inactive"],
});

// The codes themselves stand in accounts.ts; using one answers a room.
export const redeemInvite = operation({
  method: "post",
  path: "/api/invites/redeem/",
  authz: "user",
  summary: "Enter the room of a class code with the account that one has",
  body: z.strictObject({ code: InviteCode }),
  responses: { 200: Room },
  errors: ["room_full", "kicked", "room_inactive"],
});

export const leaveRoom = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/leave/",
  authz: "member",
  summary: "Leave a room",
  params,
  body: Empty.optional(),
  responses: { 200: Empty },
  errors: ["host_must_transfer", "not_a_member_conflict"],
});

export const kickMember = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/kick/{user_id}/",
  authz: "host_or_cohost",
  summary: "Remove somebody from a room",
  params: memberParams,
  body: z.strictObject({ reason: Reason.optional() }).optional(),
  responses: { 200: Empty },
  errors: ["cannot_target_self", "cannot_target_host"],
});

export const transferHost = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/transfer-host/",
  authz: "host",
  summary: "Hand a room over to a teacher or admin in it; the old host stays as cohost",
  params,
  body: z.strictObject({ user_id: Id }),
  responses: { 200: Room },
  errors: ["cannot_target_self"],
});

export const setRoomRole = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/members/{user_id}/",
  authz: "host",
  summary: "Make a member a cohost, or a cohost a member",
  params: memberParams,
  body: z.strictObject({ room_role: z.enum(["cohost", "member"]) }),
  responses: { 200: Participant },
  errors: ["cannot_target_host"],
});

export const muteMember = operation({
  method: "post",
  path: "/api/chat/rooms/{id}/members/{user_id}/mute/",
  authz: "host_or_cohost",
  summary: "Keep a member from writing for some minutes",
  params: memberParams,
  body: z.strictObject({
    minutes: z
      .int()
      .min(1)
      .max(60 * 24 * 366),
    reason: Reason.optional(),
  }),
  responses: { 200: Participant },
  errors: ["cannot_target_self", "cannot_target_host"],
});

export const unmuteMember = operation({
  method: "delete",
  path: "/api/chat/rooms/{id}/members/{user_id}/mute/",
  authz: "host_or_cohost",
  summary: "Let a muted member write again",
  params: memberParams,
  responses: { 200: Participant },
});

export const kickUserFrame = clientFrame({
  type: "kick_user",
  authz: "host_or_cohost",
  fields: { room: Id.optional(), user_id: Id, reason: Reason.optional() },
});

export const userJoined = event({ type: "user_joined", durable: true, audience: "log", fields: { user: UserCard } });
export const userLeft = event({
  type: "user_left",
  durable: true,
  audience: "log",
  fields: { user: UserCard, kicked: z.boolean() },
});
export const memberUpdated = event({
  type: "member_updated",
  durable: true,
  audience: "log",
  fields: { user: UserCard, room_role: RoomRole, muted_until: Instant.nullable() },
});
export const roomUpdated = event({
  type: "room_updated",
  durable: true,
  audience: "log",
  fields: { details: RoomDetails },
});
export const roomDeleted = event({ type: "room_deleted", durable: true, audience: "log", fields: {} });
export const kickUser = event({
  type: "kick_user",
  durable: false,
  audience: "user",
  fields: { room: Id, user: UserCard, reason: z.string().optional() },
});
export const roomAdded = event({
  type: "room_added",
  durable: false,
  audience: "user",
  fields: { room: Id, details: Room },
});
