// What a row of the rooms list shows, worked out from a room or its card.
import type { Room, RoomCard, UserCard } from "@homeroom/protocol";
import { shortName } from "../../ui/names.ts";

/** What stands at the end of a row: a way in, or why there is none. */
export type RoomRowEnd = "join" | "joining" | "ask" | "asking" | "asked" | "full";

export interface RoomRowItem {
  id: number;
  name: string;
  /** Private rooms carry a lock. */
  locked: boolean;
  unread: number;
  mentions: number;
  muted?: boolean;
  /** Something was typed here and not sent. */
  draft?: boolean;
  /** People waiting to be let in, for hosts. */
  requests?: number;
  /** One line under the name, on phones. */
  preview?: string;
  /** The instant of the last message. */
  at?: string | null;
  end?: RoomRowEnd;
}

const words = {
  you: "You",
  deleted: "Message deleted",
  members: (count: number) => `${count} ${count === 1 ? "member" : "members"}`,
};

function previewOf(room: Room, me: UserCard): string {
  const last = room.last_message;
  if (!last) return room.description;
  const author = last.sender.id === me.id ? words.you : shortName(last.sender.display_name);
  return `${author}: ${last.deleted ? words.deleted : last.content.replaceAll(/\s+/g, " ")}`;
}

/** A row of "My rooms". */
export function memberRow(room: Room, me: UserCard, more: Partial<RoomRowItem> = {}): RoomRowItem {
  return {
    id: room.id,
    name: room.name,
    locked: !room.public,
    unread: room.unread_count,
    mentions: room.mention_count,
    preview: previewOf(room, me),
    at: room.last_message?.created_at ?? null,
    ...more,
  };
}

function endOf(card: RoomCard): RoomRowEnd {
  if (card.join_request?.status === "pending") return "asked";
  if (card.participant_count >= card.max_participants) return "full";
  return card.public ? "join" : "ask";
}

/** A row of "Open to join". `busy`: the click was made and is not answered yet. */
export function strangerRow(card: RoomCard, busy = false): RoomRowItem {
  const end = endOf(card);
  const waiting = { join: "joining", ask: "asking" } as const;
  return {
    id: card.id,
    name: card.name,
    locked: !card.public,
    unread: 0,
    mentions: 0,
    preview: words.members(card.participant_count),
    end: busy && (end === "join" || end === "ask") ? waiting[end] : end,
  };
}
