// Somebody's account ends: they leave every room, and no room stays without a host.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { LogState } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { type EnterRoom, leaveRoomOf } from "./entering.ts";
import { findHeir, findOtherAdmin, findPerson, type Person, roomIdsOf } from "./memberships.store.ts";
import { makeHost, personOf } from "./roles.ts";
import { updateRow } from "./room-settings.ts";
import { findStanding, type RoomRow } from "./rooms.store.ts";

/** Who did it takes over what nobody else can; an admin who ends their own account leaves it to another one. */
const lastResort = async (turn: Turn, leaver: UserCard, by: UserCard): Promise<UserCard> => {
  const heir = by.id === leaver.id ? await findOtherAdmin(turn.tx, leaver.id) : by;
  if (!heir) throw new Refusal("last_admin");
  return heir;
};

export const leaveEverywhere = (enterRoom: EnterRoom) => {
  const findOrBringHeir = async (
    turn: Turn,
    log: LogState,
    room: RoomRow,
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

  /**
   * Ends every membership of somebody, in the turn that deactivates their account. That turn must have changed the
   * account's row already, so that nobody lets them in anywhere at the same time.
   */
  return async (turn: Turn, user: UserCard, by: UserCard): Promise<void> => {
    for (const roomId of await roomIdsOf(turn.tx, user.id)) {
      const log = await turn.lock(logRef("room", roomId));
      const found = await findStanding(turn.tx, roomId, user.id);
      if (!found?.membership || found.membership.ended_at !== null) continue;
      if (found.membership.room_role === "host") {
        const heir = await findOrBringHeir(turn, log, found.room, user, by);
        await makeHost(turn, log, heir);
        await updateRow(turn, log, { host_id: heir.card.id });
      }
      await leaveRoomOf(turn, log, found.membership, user, { kicked: false });
    }
  };
};
