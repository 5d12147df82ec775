// Getting at one message to change it: its log is held, and whoever may not read it is told that there is none.
import { type Message, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { LogState } from "../../kit/log.ts";
import { isAway } from "../../kit/ports.ts";
import { viewMessage } from "./message-view.ts";
import { findInKind, type MessageRow } from "./messages.store.ts";
import type { Place } from "./place.ts";
import { roomPlace } from "./room-place.ts";

/** From a message's log to the place it is in. */
export type PlaceOf = (logId: number) => Place;

export interface Held {
  row: MessageRow;
  log: LogState;
  place: Place;
  /** The caller may delete what others wrote. */
  moderates: boolean;
}

/**
 * The message with its log held. 404 for whoever may not read it, so that ids tell nothing; read again under the lock,
 * since it may have changed on the way.
 */
export const hold = async (
  turn: Turn,
  kind: "room" | "thread",
  placeOf: PlaceOf,
  user: UserCard,
  id: number,
): Promise<Held> => {
  const found = await findInKind(turn.tx, id, kind);
  if (!found) throw new Refusal("not_found");
  const place = placeOf(found.log_id);
  const log = await turn.lock(place.log);
  const { moderates } = await place.read(turn.tx, user).catch((error: unknown) => {
    throw error instanceof Refusal && !isAway(error) ? new Refusal("not_found") : error;
  });
  const row = await findInKind(turn.tx, id, kind);
  if (!row) throw new Refusal("not_found");
  return { row, log, place, moderates };
};

/** The same for features that stand on messages: what they may know of it, and nothing of how it is stored. */
export interface HeldMessage<M extends Message | PrivateMessage> {
  readonly log: LogState;
  readonly isDeleted: boolean;
  readonly isPinned: boolean;
  readonly moderates: boolean;
  /** Throws where the user may not write here now. */
  requireWrite(options?: { evenMuted: boolean }): Promise<unknown>;
  /** The message as it is then, as the user sees it. */
  view(): Promise<M>;
}

/** Throws `not_found` for whoever may not read it. */
export type HoldMessage<M extends Message | PrivateMessage> = (
  turn: Turn,
  user: UserCard,
  id: number,
) => Promise<HeldMessage<M>>;

const holder =
  <M extends Message | PrivateMessage>(kind: "room" | "thread", placeOf: PlaceOf): HoldMessage<M> =>
  async (turn, user, id) => {
    const { row, log, place, moderates } = await hold(turn, kind, placeOf, user, id);
    return {
      log,
      isDeleted: row.deleted_at !== null,
      isPinned: row.pinned_seq !== null,
      moderates,
      requireWrite: (options) => place.write(turn, user, options),
      view: async () => {
        const now = (await findInKind(turn.tx, id, kind)) ?? row;
        return (await viewMessage(turn.tx, log, now, user.id)) as M;
      },
    };
  };

export const holdRoomMessage: HoldMessage<Message> = holder("room", roomPlace);
export const holdsPrivateMessages = (placeOf: PlaceOf): HoldMessage<PrivateMessage> => holder("thread", placeOf);
