// What is pinned to the open room, if anything is.
import type { Me } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { useEffect } from "react";
import { roomPlace } from "../../features/messages/place.ts";
import { PinnedBar } from "../../features/messages/pinned-bar.tsx";
import { isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import { loadPins, setPinned } from "../actions/pins.ts";
import { useMentionOf } from "../conversation/use-people.ts";
import { goTo } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { useBackOnline } from "../use-back-online.ts";

export function PinnedBarContainer({ room, me }: { room: RoomState; me: Me }) {
  const client = useClient();
  const pins = useApp((state) => state.pins.byRoom[room.id]);
  const mentionOf = useMentionOf(roomPlace(room.id), me);
  const isStale = useApp((state) => !state.pins.byRoom[room.id] || state.pins.stale.includes(room.id));
  useEffect(() => {
    if (isStale) void loadPins(client, room.id).catch(() => undefined);
  }, [client, room.id, isStale]);
  useBackOnline(() => isStale && void loadPins(client, room.id).catch(() => undefined));
  if (!pins?.length) return null;
  return (
    <PinnedBar
      pins={pins.map((pin) => ({
        id: pin.id,
        author: pin.sender.display_name,
        excerpt: pin.content || fileWords(pin.attachments),
      }))}
      mentionOf={mentionOf}
      onJump={(message) => goTo({ name: "room", id: room.id, message }, { replace: true })}
      onUnpin={isModerator(room) && room.is_active ? (id) => void setPinned(client, id, false) : undefined}
    />
  );
}
