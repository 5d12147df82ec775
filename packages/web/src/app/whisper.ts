// Whom I may write to privately: the school's policy, the room's setting, who leads the room. The server decides; what
// it would refuse is not offered.
import type { Me, Role, SetupState } from "@homeroom/protocol";
import { useMemo } from "react";
import { mayWhisper } from "../features/private-threads/private-rules.ts";
import type { RoomState } from "../features/rooms/rooms.state.ts";
import { useApp, useAppShallow } from "./store.ts";

type Person = { id: number; role: Role };
type WhisperRoom = Pick<RoomState, "participants" | "my_role" | "private_replies">;

/** Who is not in the room any more cannot be written to; who is, is known once the room's people are. */
export function whisperRule(school: SetupState | null, room: WhisperRoom | undefined, me: Person) {
  const people = room?.participants && new Map(room.participants.map((one) => [one.id, one]));
  return (person: Person): boolean => {
    if (!room || room.my_role === null || person.id === me.id) return false;
    const there = people?.get(person.id);
    if (people && !there) return false;
    const rules = { policy: school?.private_threads ?? "supervised", privateReplies: room.private_replies ?? true };
    return mayWhisper(rules, [
      { role: me.role, room_role: room.my_role },
      { role: person.role, room_role: there?.room_role },
    ]);
  };
}

/** The same function while nothing changed. @param roomId null where nothing is offered */
export function useWhisperRule(roomId: number | null, me: Me): (person: Person) => boolean {
  const school = useApp((state) => state.school);
  // Only what the rule is made of: a message in the room changes none of it.
  const room = useAppShallow((state): WhisperRoom | undefined => {
    const all = roomId === null ? undefined : state.rooms.byId[roomId];
    return all && { participants: all.participants, my_role: all.my_role, private_replies: all.private_replies };
  });
  return useMemo(() => whisperRule(school, room, me), [school, room, me]);
}
