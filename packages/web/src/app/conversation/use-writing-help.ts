// What the text box needs of the rest of the page: whom one can mention, which rooms there are, emoji, and slow mode.
import type { Me } from "@homeroom/protocol";
import { useMemo } from "react";
import type { SendWait } from "../../features/messages/composer-wait.tsx";
import type { ComposerProps } from "../../features/messages/composer.tsx";
import { type Place, placeLog } from "../../features/messages/place.ts";
import { isMember, isModerator } from "../../features/rooms/rooms.state.ts";
import { usePreferences } from "../../ui/preferences.ts";
import { emojiKitOf } from "../emoji.ts";
import type { AppState } from "../state.ts";
import { useApp, useAppShallow, useClient } from "../store.ts";
import { usePeople } from "./use-people.ts";

const roomIdOf = (place: Place): number | null => (place.kind === "private" ? null : place.room);

/** When I wrote there last, as far as this page knows; replies count for their room. */
function lastWritten({ messages }: AppState, place: Place, me: number): number {
  const log = placeLog(place);
  const stored = Object.values(messages.timelines)
    .filter((timeline) => timeline !== undefined && placeLog(timeline.place) === log)
    .map(
      (timeline) => timeline?.items.findLast((item) => item.kind === "message" && item.sender.id === me)?.created_at,
    );
  const sent = messages.pending.filter((one) => placeLog(one.place) === log && one.status !== "failed");
  const times = [...stored, sent.at(-1)?.created_at].map((at) => (at ? Date.parse(at) : 0));
  return Math.max(0, ...times);
}

/** The room lets everybody but its hosts write once in a while. */
function useSlowMode(place: Place, me: Me): SendWait | null {
  const id = roomIdOf(place);
  const seconds = useApp(({ rooms }) => {
    const room = id === null ? undefined : rooms.byId[id];
    return isModerator(room) ? 0 : (room?.slow_mode_s ?? 0);
  });
  const until = useApp((state) => (seconds > 0 ? lastWritten(state, place, me.id) + seconds * 1000 : 0));
  return useMemo(() => (until > 0 ? { kind: "slow", until, total: seconds } : null), [until, seconds]);
}

/** The server asked me to slow down; or the room does, where that lasts longer. */
function useWait(place: Place, me: Me): SendWait | null {
  const slow = useSlowMode(place, me);
  const quick = useApp(({ messages }) => messages.waits[placeLog(place)]);
  return useMemo(() => (quick && quick.until > (slow?.until ?? 0) ? { kind: "quick", ...quick } : slow), [quick, slow]);
}

type WritingHelp = Pick<ComposerProps, "people" | "rooms" | "emoji" | "wait" | "enterSends">;

export function useWritingHelp(place: Place, me: Me): WritingHelp {
  const client = useClient();
  const id = roomIdOf(place);
  const all = usePeople(place);
  // numbers and names, so that news of the rooms do not draw the box anew
  const named = useAppShallow(({ rooms }) =>
    Object.values(rooms.byId)
      .filter(isMember)
      .flatMap((room) => [room.id, room.name]),
  );
  const people = useMemo(() => all.filter((person) => person.id !== me.id), [all, me.id]);
  const rooms = useMemo(
    () =>
      Array.from({ length: named.length / 2 }, (_, index) => ({
        id: Number(named[index * 2]),
        name: String(named[index * 2 + 1]),
      })),
    [named],
  );
  const wait = useWait(place, me);
  const { enterSends } = usePreferences();
  // nobody is mentioned in a private chat; in a room, people who are not known yet are offered as soon as they are
  return { ...(id !== null && { people }), rooms, emoji: emojiKitOf(client, me.id), wait, enterSends };
}
