// Somebody's account ends or becomes a student's: no room stays without a host who may be one.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { LogState } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { type EnterRoom, leaveRoomOf } from "./entering.ts";
import { findHeir, findOtherAdmin, findPerson, type Person, roomIdsOf } from "./memberships.store.ts";
import { changePerson, makeHost, personOf } from "./roles.ts";
import { updateRow } from "./room-settings.ts";
import { isMember } from "./rooms.access.ts";
import { findStanding, type Membership, type RoomRow } from "./rooms.store.ts";

/** Who did it takes over what nobody else can; an admin who ends their own account leaves it to another one. */
const lastResort = async (turn: Turn, leaver: UserCard, by: UserCard): Promise<UserCard> => {
  const heir = by.id === leaver.id ? await findOtherAdmin(turn.tx, leaver.id) : by;
  if (!heir) throw new Refusal("last_admin");
  return heir;
};

/** Somebody else for the room, who is brought in where nobody in it can host. */
const findOrBringHeir = async (
  enterRoom: EnterRoom,
  turn: Turn,
  { log, room }: Held,
  leaver: UserCard,
  by: UserCard,
): Promise<Person> => {
  const heir = await findHeir(turn.tx, room.id);
  if (heir) return heir;
  const guest = await lastResort(turn, leaver, by);
  const present = await findPerson(turn.tx, room.id, guest.id);
  if (present) return present;
  await enterRoom(turn, log, guest, room, { evenIfFull: true });
  return personOf(turn.tx, room.id, guest.id);
};

interface Held {
  log: LogState;
  room: RoomRow;
  membership: Membership;
}

/** Each room that somebody is in, its log held. */
async function* roomsHeld(turn: Turn, user: UserCard): AsyncGenerator<Held> {
  for (const roomId of await roomIdsOf(turn.tx, user.id)) {
    const log = await turn.lock(logRef("room", roomId));
    const found = await findStanding(turn.tx, roomId, user.id);
    if (found && isMember(found)) yield { log, room: found.room, membership: found.membership };
  }
}

const giveAway = async (enterRoom: EnterRoom, turn: Turn, held: Held, user: UserCard, by: UserCard): Promise<void> => {
  const heir = await findOrBringHeir(enterRoom, turn, held, user, by);
  await makeHost(turn, held.log, heir);
  await updateRow(turn, held.log, { host_id: heir.card.id });
};

/**
 * Ends every membership of somebody, in the turn that deactivates their account. That turn must have changed the
 * account's row already, so that nobody lets them in anywhere at the same time.
 */
export const leaveEverywhere =
  (enterRoom: EnterRoom) =>
  async (turn: Turn, user: UserCard, by: UserCard): Promise<void> => {
    for await (const held of roomsHeld(turn, user)) {
      if (held.membership.room_role === "host") await giveAway(enterRoom, turn, held, user, by);
      await leaveRoomOf(turn, held.log, held.membership, user, { kicked: false });
    }
  };

/**
 * Gives the rooms of somebody who became a student to others, in the turn that made them one; there they go on as
 * cohosts, as after any handing over. That turn must have changed the account's row already.
 */
export const handOver =
  (enterRoom: EnterRoom) =>
  async (turn: Turn, user: UserCard, by: UserCard): Promise<void> => {
    for await (const held of roomsHeld(turn, user)) {
      if (held.membership.room_role !== "host") continue;
      await giveAway(enterRoom, turn, held, user, by);
      await changePerson(turn, held.log, { card: user, membership: held.membership }, { room_role: "cohost" });
    }
  };
