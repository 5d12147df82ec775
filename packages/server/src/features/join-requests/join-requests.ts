// Join requests: asking to be let into a room, and what its host and cohosts answer.
import { type JoinRequest, Refusal, type UserCard } from "@homeroom/protocol";
import { act, actOnce, type Turn } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import {
  holdRoom,
  isMember,
  moderatorsOf,
  type RequestRow,
  requireActive,
  requireModerator,
  requireVisible,
  type RoomRow,
  type RoomsFeature,
  type Standing,
  viewRequests,
} from "../rooms/rooms.ts";
import { closeRequest, tellOfWaiting } from "./askers.ts";
import {
  decideRequest,
  deleteRequest,
  findLatest,
  findRequest,
  insertRequest,
  isInUse,
  listRequestRows,
} from "./join-requests.store.ts";

/** So long after a refusal nobody asks again. */
const COOLDOWN_MS = 24 * 60 * 60_000;

type Rooms = Pick<RoomsFeature, "enterRoom" | "viewRoom">;

/** Only a closed door is asked at: a private room's, or one that was shut behind the asker. */
const requireClosedDoor = (standing: Standing): void => {
  if (isMember(standing)) throw new Refusal("already_member");
  if (standing.room.public && !standing.membership?.kicked) throw new Refusal("room_is_public");
  requireActive(standing);
};

const requireNothingInTheWay = (latest: RequestRow | null, now: number): void => {
  if (latest?.status === "pending") throw new Refusal("already_pending", { id: latest.id });
  if (latest?.status !== "denied" || latest.processed_at === null) return;
  const wait = latest.processed_at + COOLDOWN_MS - now;
  if (wait > 0) throw new Refusal("join_cooldown", { retry_after_ms: wait });
};

const viewOne = async (turn: Turn, row: RequestRow): Promise<JoinRequest> => {
  const [view] = await viewRequests(turn.tx, [row]);
  if (!view) throw new Error(`join request ${row.id} has no view`);
  return view;
};

const create =
  (kit: Kit): Handlers["createJoinRequest"] =>
  ({ params, body }, call) =>
    actOnce(kit, call, async (turn) => {
      const { user } = call.caller;
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireVisible);
      requireClosedDoor(standing);
      requireNothingInTheWay(await findLatest(turn.tx, params.id, user.id), turn.now);
      const key = String(user.id);
      turn.take(["join_requests_minute", key], ["join_requests_day", key]);
      const asked = { room_id: params.id, user_id: user.id, note: body?.note ?? "", created_at: turn.now };
      const request = await viewOne(turn, await insertRequest(turn.tx, asked));
      turn.tell(await moderatorsOf(turn.tx, params.id), { type: "join_request", request }, log);
      return { status: 201, body: request };
    });

/** Nothing is left of it but what it took from the asker's budget. */
const withdraw =
  (kit: Kit): Handlers["withdrawJoinRequest"] =>
  ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireVisible);
      const latest = await findLatest(turn.tx, params.id, user.id);
      if (latest?.status !== "pending") throw new Refusal("not_found");
      const request = await viewOne(turn, latest);
      await deleteRequest(turn.tx, latest.id);
      turn.tell(await moderatorsOf(turn.tx, params.id), { type: "join_request_withdrawn", request }, log);
      turn.tell([user.id], { type: "join_request_withdrawn", request });
      if (!isMember(standing)) closeLobby(turn, log, user.id, "withdrawn");
      return { status: 204, body: undefined };
    });

/** Nothing more to wait for: their lobby sockets close, the socket of everything lives. A member has none of these. */
const closeLobby = (turn: Turn, log: LogState, userId: number, reason: string): void =>
  turn.effect({ do: "leave", log, seq: log.head, userId, reason });

/** A request of this room that still waits, whose asker is still there. */
const requirePending = async (turn: Turn, roomId: number, requestId: number): Promise<RequestRow> => {
  const row = await findRequest(turn.tx, roomId, requestId);
  if (!row) throw new Refusal("not_found");
  if (row.status !== "pending") throw new Refusal("already_processed");
  if (!(await isInUse(turn.tx, row.user_id))) throw new Refusal("not_found");
  return row;
};

const decide = async (
  turn: Turn,
  log: LogState,
  row: RequestRow,
  by: UserCard,
  answer: { status: "approved" | "denied"; reason: string },
): Promise<JoinRequest> => {
  const decision = { ...answer, processed_at: turn.now, processed_by: by.id };
  await decideRequest(turn.tx, row.id, decision);
  const request = await viewOne(turn, { ...row, ...decision });
  turn.tell(await moderatorsOf(turn.tx, log.id), { type: "join_request_decided", request }, log);
  return request;
};

/** Makes the asker a member and tells them so, on the lobby socket too, before that becomes a member's. */
const letIn = async (turn: Turn, log: LogState, room: RoomRow, request: JoinRequest, rooms: Rooms): Promise<void> => {
  const asker = request.user;
  const greet = (details: Awaited<ReturnType<Rooms["viewRoom"]>>) =>
    turn.tell([asker.id], { type: "join_approved", request, room: room.id, details }, log);
  // The room may have become public meanwhile, and the asker have walked in.
  if (isMember(await requireVisible(turn.tx, asker, room.id))) greet(await rooms.viewRoom(turn.tx, asker, room.id));
  else await rooms.enterRoom(turn, log, asker, room, { greet });
};

type Answering = Pick<Handlers, "approveJoin" | "denyJoin">;

const answering = (kit: Kit, rooms: Rooms): Answering => ({
  approveJoin: ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireModerator);
      const row = await requirePending(turn, params.id, params.request_id);
      requireActive(standing);
      const request = await decide(turn, log, row, user, { status: "approved", reason: "" });
      await letIn(turn, log, standing.room, request, rooms);
      return { status: 200, body: request };
    }),

  denyJoin: ({ params, body }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log } = await holdRoom(turn, user, params.id, requireModerator);
      const row = await requirePending(turn, params.id, params.request_id);
      const request = await decide(turn, log, row, user, { status: "denied", reason: body?.reason ?? "" });
      turn.tell([row.user_id], { type: "join_denied", request, room: params.id }, log);
      // They may have walked in meanwhile.
      const isIn = isMember(await requireVisible(turn.tx, request.user, params.id));
      if (!isIn) closeLobby(turn, log, row.user_id, "denied");
      return { status: 200, body: request };
    }),
});

const list =
  (kit: Kit): Handlers["listJoinRequests"] =>
  async ({ params, query }, { caller: { user } }) => {
    await requireModerator(kit.db.read, user, params.id);
    const found = await listRequestRows(kit.db.read, params.id, { ...pageWindow(query), status: query.status });
    const page = pageOf(found, { path: `/api/chat/rooms/${params.id}/join-requests/`, query });
    return { status: 200, body: { ...page, results: await viewRequests(kit.db.read, page.results) } };
  };

export const joinRequestsFeature = (kit: Kit, rooms: Rooms) => ({
  operations: {
    createJoinRequest: create(kit),
    withdrawJoinRequest: withdraw(kit),
    listJoinRequests: list(kit),
    ...answering(kit, rooms),
  },
  /** For those who let people in, or out of school, without a request. */
  hooks: { closeRequest, tellOfWaiting },
});
