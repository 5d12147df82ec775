// How every action on a room begins: hold its log, and only then ask who may.
import type { UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { LogState } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import type { Standing } from "./rooms.access.ts";

/** One of `requireVisible`, `requireMember`, `requireModerator`, `requireHost`. */
export type Gate<S extends Standing> = (db: Db, user: UserCard, roomId: number) => Promise<S>;

/** What the gate saw holds until the end of the turn, since everybody who would change it must hold the log first. */
export const holdRoom = async <S extends Standing>(
  turn: Turn,
  user: UserCard,
  roomId: number,
  gate: Gate<S>,
): Promise<S & { log: LogState }> => {
  const log = await turn.lock(logRef("room", roomId));
  return { ...(await gate(turn.tx, user, roomId)), log };
};
