// The people of a room as events of its log change them. Pure.
import type { DurableFrame, Participant } from "@homeroom/protocol";

export type People = readonly Participant[] | undefined;

/** The same list while the event is about nobody; nothing comes of a list that is not known. */
export function changePeople(people: People, frame: DurableFrame): People {
  switch (frame.type) {
    case "user_joined": {
      const others = people?.filter((p) => p.id !== frame.user.id);
      return others && [...others, { ...frame.user, room_role: "member", muted_until: null }];
    }
    case "user_left":
      return people?.filter((p) => p.id !== frame.user.id);
    case "member_updated": {
      const { room_role, muted_until } = frame;
      return people?.map((p) => (p.id === frame.user.id ? { ...p, room_role, muted_until } : p));
    }
    default:
      return people;
  }
}
