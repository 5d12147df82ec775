// Who answers for a private chat: staff who lead its room, beside the two.
import { useMemo } from "react";
import type { ThreadState } from "../../features/private-threads/private-threads.state.ts";
import { useApp } from "../store.ts";

/** Their names; null where nobody here knows who they are. */
export function useTeachers(thread: ThreadState | undefined): string[] | null {
  const people = useApp((state) => (thread ? state.rooms.byId[thread.room]?.participants : undefined));
  return useMemo(() => {
    if (!people || !thread) return null;
    return people
      .filter(({ id, role, room_role }) => {
        const isOneOfTheTwo = id === thread.user1.id || id === thread.user2.id;
        return role !== "student" && room_role !== "member" && !isOneOfTheTwo;
      })
      .map(({ display_name }) => display_name);
  }, [people, thread]);
}
