// Reactions in a conversation: who reads, whose names they carry, the picker, and what a click does.
import type { Me } from "@homeroom/protocol";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { Allowed } from "../../features/messages/list-row.tsx";
import type { Place } from "../../features/messages/place.ts";
import { namesLine } from "../../features/messages/reaction-chips.tsx";
import type { MessageHandlers, MessageReader } from "../../features/messages/row-props.ts";
import type { RoomWays } from "../../features/messages/room-link.tsx";
import { roomFinder } from "../../features/messages/room-names.ts";
import type { ListedMessage } from "../../features/messages/rows.ts";
import { setPinned } from "../actions/pins.ts";
import { toggleReaction } from "../actions/reactions.ts";
import { emojiKitOf } from "../emoji.ts";
import { goTo, hrefOf } from "../router.ts";
import { useAppShallow, useClient } from "../store.ts";
import { useMentionOf, usePeople } from "./use-people.ts";

/** What a class answers with, until somebody has habits of their own. */
const USUAL = ["👍", "✅", "😂", "❤️", "🎉"];

/** The rooms that I know, by their names; the same object until one of those changes. */
function useRoomWays(): RoomWays {
  const named = useAppShallow(({ rooms }) => Object.values(rooms.byId).flatMap(({ id, name }) => [id, name]));
  return useMemo(() => {
    const rooms = named.flatMap((id, index) =>
      typeof id === "number" ? [{ id, name: String(named[index + 1]) }] : [],
    );
    return {
      roomAt: roomFinder(rooms),
      hrefOf: (id) => hrefOf({ name: "room", id }),
      onOpen: (id) => goTo({ name: "room", id }),
    };
  }, [named]);
}

function useReader(place: Place, me: Me): MessageReader {
  const client = useClient();
  const people = usePeople(place);
  const mentionOf = useMentionOf(place, me);
  const roomWays = useRoomWays();
  const [quick] = useState(() => {
    const recent = emojiKitOf(client, me.id).recent();
    return [...new Set([...recent, ...USUAL])].slice(0, USUAL.length);
  });
  return useMemo(() => {
    const byId = new Map(people.map((person) => [person.id, person.display_name]));
    return {
      me: me.id,
      quick,
      roomWays,
      namesOf: (ids) => namesLine(ids, ids.length, me.id, (id) => byId.get(id)),
      mentionOf,
    };
  }, [people, me.id, quick, roomWays, mentionOf]);
}

interface Picking {
  id: number;
  anchor: HTMLElement;
}

export interface Reacting {
  handlers: Partial<MessageHandlers<ListedMessage>>;
  allow: (message: ListedMessage) => Partial<Allowed>;
  reader: MessageReader;
  /** The message whose picker is open. */
  heldId: number | null;
  picker: ReactNode;
}

export interface ReactingOptions {
  place: Place;
  me: Me;
  canWrite: boolean;
  mayModerate: boolean;
}

export function useReacting({ place, me, canWrite, mayModerate }: ReactingOptions): Reacting {
  const client = useClient();
  const reader = useReader(place, me);
  const [picking, setPicking] = useState<Picking | null>(null);
  const kit = emojiKitOf(client, me.id);
  const react = useCallback(
    (id: number, emoji: string) => void toggleReaction(client, place, id, emoji),
    [client, place],
  );
  const handlers = useMemo<Partial<MessageHandlers<ListedMessage>>>(
    () => ({
      onReact: (message, emoji) => message.id !== null && react(message.id, emoji),
      onPickReaction: (message, anchor) => message.id !== null && setPicking({ id: message.id, anchor }),
      ...(place.kind !== "private" && {
        onPin: (message) => message.id !== null && void setPinned(client, message.id, !message.pinned),
      }),
    }),
    [client, react, place.kind],
  );
  const allow = useCallback(
    (message: ListedMessage): Partial<Allowed> => {
      const isStored = message.id !== null && !message.deleted && canWrite;
      return { canReact: isStored, canPin: isStored && mayModerate && place.kind !== "private" };
    },
    [canWrite, mayModerate, place.kind],
  );
  const close = () => {
    picking?.anchor.closest<HTMLElement>("[data-message]")?.focus();
    setPicking(null);
  };
  const pick = (emoji: string) => {
    if (!picking) return;
    react(picking.id, emoji);
    close();
  };
  const picker = picking && <kit.Picker anchor={picking.anchor} onPick={pick} onClose={close} />;
  return { handlers, allow, reader, heldId: picking?.id ?? null, picker };
}
