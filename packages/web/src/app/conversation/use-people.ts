// The people of a conversation, and whom a name in it means.
import type { Me, UserCard } from "@homeroom/protocol";
import { useMemo } from "react";
import type { MentionOf } from "../../features/messages/mentioned.ts";
import type { Place } from "../../features/messages/place.ts";
import { useApp } from "../store.ts";

const NOBODY: readonly UserCard[] = [];

/** Everybody whose name a reaction or a mention here can carry; nobody before they are known. */
export function usePeople(place: Place): readonly UserCard[] {
  const inRoom = useApp(({ rooms }) => (place.kind === "private" ? undefined : rooms.byId[place.room]?.participants));
  const thread = useApp(({ threads }) => (place.kind === "private" ? threads.byId[place.thread] : undefined));
  return useMemo(() => (thread ? [thread.user1, thread.user2] : (inRoom ?? NOBODY)), [inRoom, thread]);
}

/** Nobody is mentioned in a private chat. */
export function useMentionOf(place: Place, me: Me): MentionOf {
  const people = usePeople(place);
  const isPrivate = place.kind === "private";
  return useMemo(() => {
    const byName = new Map(people.map((person) => [person.username.toLowerCase(), person]));
    return (userName) => {
      const found = isPrivate ? undefined : byName.get(userName.toLowerCase());
      return found ? { name: found.display_name, mine: found.id === me.id } : null;
    };
  }, [people, isPrivate, me.id]);
}
