// Whom I may write to privately: the school's policy, the room's setting, who leads the room. The server decides; what
// it would refuse is not offered.
import type { Me, Role, SetupState } from "@homeroom/protocol";
import { useMemo } from "react";
import { mayWhisper } from "../features/private-threads/private-rules.ts";
import { isMember, type RoomState } from "../features/rooms/rooms.state.ts";
import { useApp } from "./store.ts";

type Person = { id: number; role: Role };

/** Who is not in the room any more cannot be written to; who is, is known once the room's people are. */
export const whisperRule =
  (school: SetupState | null, room: RoomState | undefined, me: Person) =>
  (person: Person): boolean => {
    if (!room || !isMember(room) || person.id === me.id) return false;
    const there = room.participants?.find(({ id }) => id === person.id);
    if (room.participants && !there) return false;
    const rules = { policy: school?.private_threads ?? "supervised", privateReplies: room.private_replies ?? true };
    return mayWhisper(rules, [
      { role: me.role, room_role: room.my_role },
      { role: person.role, room_role: there?.room_role },
    ]);
  };

/** The same function while nothing changed. @param roomId null where nothing is offered */
export function useWhisperRule(roomId: number | null, me: Me): (person: Person) => boolean {
  const school = useApp((state) => state.school);
  const room = useApp((state) => (roomId === null ? undefined : state.rooms.byId[roomId]));
  return useMemo(() => whisperRule(school, room, me), [school, room, me]);
}
