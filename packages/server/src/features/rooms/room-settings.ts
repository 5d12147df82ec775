// Opening a room, changing it, deleting it.
import { CLOSE, Refusal, SIZES } from "@homeroom/protocol";
import { act, actOnce, type Turn } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { createLog, type LogState } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { type Db, flag } from "../../kit/tables.ts";
import type { EnterRoom } from "./entering.ts";
import { holdRoom } from "./hold-room.ts";
import { denyPending } from "./requests.store.ts";
import { roomDetails, type RoomViews } from "./room-view.ts";
import { requireHost } from "./rooms.access.ts";
import { changeRoom, insertRoom, type RoomRow } from "./rooms.store.ts";

/** What other features know of a room that goes; handed in, since they stand on rooms. */
export interface RoomsHooks {
  /** The private threads beside it: they go with it. */
  threadIdsOf(db: Db, roomId: number): Promise<readonly number[]>;
}

type NewRoom = Parameters<Handlers["createRoom"]>[0]["body"];
type RoomPatch = Parameters<Handlers["updateRoom"]>[0]["body"];

const FLAGS = ["public", "discoverable", "is_active", "allow_uploads", "allow_voice", "private_replies"] as const;
const PLAIN = ["name", "description", "max_participants", "slow_mode_s"] as const;

const newRow = (asked: NewRoom, log: LogState, hostId: number, now: number): RoomRow => ({
  id: log.id,
  name: asked.name,
  description: asked.description ?? "",
  host_id: hostId,
  public: flag(asked.public ?? true),
  discoverable: flag(asked.discoverable ?? true),
  is_active: 1,
  max_participants: asked.max_participants ?? SIZES.room_members,
  participant_count: 0,
  allow_uploads: flag(asked.allow_uploads ?? true),
  allow_voice: flag(asked.allow_voice ?? true),
  private_replies: flag(asked.private_replies ?? true),
  slow_mode_s: asked.slow_mode_s ?? 0,
  created_at: now,
  updated_at: now,
  deleted_at: null,
});

/** What the patch really changes. */
const changeOf = (room: RoomRow, patch: RoomPatch): Partial<Omit<RoomRow, "id">> => {
  const asked: Record<string, string | number> = {};
  for (const name of PLAIN) asked[name] = patch[name] ?? room[name];
  for (const name of FLAGS) asked[name] = patch[name] === undefined ? room[name] : flag(patch[name]);
  return Object.fromEntries(Object.entries(asked).filter(([name, value]) => value !== room[name as keyof RoomRow]));
};

/** Changes the row and tells the members. */
export const updateRow = async (turn: Turn, log: LogState, change: Partial<Omit<RoomRow, "id">>): Promise<RoomRow> => {
  const room = await changeRoom(turn.tx, log.id, { ...change, updated_at: turn.now });
  await turn.append(log, { type: "room_updated", details: await roomDetails(turn.tx, room) });
  return room;
};

export const roomSettings = (
  kit: Kit,
  { viewRoom }: RoomViews,
  enterRoom: EnterRoom,
  hooks: RoomsHooks,
): Pick<Handlers, "createRoom" | "updateRoom" | "deleteRoom"> => ({
  createRoom: async ({ body }, call) => {
    const { user } = call.caller;
    if (user.role === "student") throw new Refusal("forbidden");
    return actOnce(kit, call, async (turn) => {
      const log = await createLog(turn.tx, "room");
      const room = await insertRoom(turn.tx, newRow(body, log, user.id, turn.now));
      return { status: 201, body: await enterRoom(turn, log, user, room, { role: "host" }) };
    });
  },

  updateRoom: ({ params, body }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, room } = await holdRoom(turn, user, params.id, requireHost);
      const change = changeOf(room, body);
      if (change.max_participants !== undefined && change.max_participants < room.participant_count) {
        const sentence = `There are ${room.participant_count} people in this room already.`;
        throw new Refusal("bad_request", { fields: { max_participants: [sentence] } });
      }
      if (Object.keys(change).length > 0) await updateRow(turn, log, change);
      return { status: 200, body: await viewRoom(turn.tx, user, room.id) };
    }),

  deleteRoom: ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, room } = await holdRoom(turn, user, params.id, requireHost);
      await denyPending(turn.tx, room.id, user.id, turn.now);
      await changeRoom(turn.tx, room.id, { deleted_at: turn.now, updated_at: turn.now });
      await turn.append(log, { type: "room_deleted" });
      turn.effect({ do: "close", log, code: CLOSE.NOT_FOUND });
      for (const id of await hooks.threadIdsOf(turn.tx, room.id)) {
        turn.effect({ do: "close", log: logRef("thread", id), code: CLOSE.NOT_FOUND });
      }
      return { status: 204, body: undefined };
    }),
});
