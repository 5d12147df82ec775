// What the list of threads shows: threads of replies in rooms and private chats, worked out for one look.
import type { Message, PrivateThread, UserCard } from "@homeroom/protocol";
import { shortName } from "../../ui/names.ts";

interface Person {
  id: number;
  name: string;
  staff: boolean;
}

export interface ThreadItem {
  /** Of the root message, or of the private chat. */
  id: number;
  room: { id: number; name: string };
  /** Who wrote the root; in a private chat the other person. */
  person: Person;
  /** The root's words, or the last message's. */
  text: string;
  /** The text is not anybody's words: "This message was deleted". */
  isNote: boolean;
  /** Who replied, and how often; a private chat has no such line. */
  replies: { count: number; people: Person[] } | null;
  /** The instant of the last activity. */
  at: string;
  unread: number;
  /** It can be read, and not be written in. */
  closed: boolean;
}

const words = {
  you: "You",
  deleted: "This message was deleted",
  none: "Nobody has written yet",
};

const personOf = ({ id, display_name, role }: UserCard): Person => ({
  id,
  name: display_name,
  staff: role !== "student",
});

export interface ReplyItemOptions {
  roomName: string;
  closed: boolean;
  /** The root's words without their marks. */
  text: string;
}

export function replyItem(root: Message, { roomName, closed, text }: ReplyItemOptions): ThreadItem {
  const { replies } = root;
  return {
    id: root.id,
    room: { id: root.room, name: roomName },
    person: personOf(root.sender),
    text: root.deleted ? words.deleted : text,
    isNote: root.deleted,
    replies: { count: replies?.count ?? 0, people: (replies?.people ?? []).map(personOf) },
    at: replies?.last_at ?? root.created_at,
    unread: replies?.unread_count ?? 0,
    closed,
  };
}

export interface PrivateItemOptions {
  me: UserCard;
  roomName: string;
  /** The last message's words without their marks. */
  text: string;
}

export function privateItem(thread: PrivateThread, { me, roomName, text }: PrivateItemOptions): ThreadItem {
  const { last_message: last } = thread;
  const other = thread.user1.id === me.id ? thread.user2 : thread.user1;
  const author = last?.sender.id === me.id ? words.you : shortName(last?.sender.display_name ?? "");
  const isNote = last === null || last.deleted;
  return {
    id: thread.id,
    room: { id: thread.room, name: roomName },
    person: personOf(other),
    text: last === null ? words.none : last.deleted ? words.deleted : `${author}: ${text}`,
    isNote,
    replies: null,
    at: last?.created_at ?? thread.created_at,
    unread: thread.unread_count,
    closed: !thread.is_active,
  };
}

export type ThreadFilter = "all" | "unread";

/** Unread first, and among those and the rest what happened last. */
export function shownItems(items: readonly ThreadItem[], filter: ThreadFilter): ThreadItem[] {
  const shown = filter === "unread" ? items.filter((item) => item.unread > 0) : items;
  const isNew = (item: ThreadItem) => (item.unread > 0 ? 1 : 0);
  return shown.toSorted((a, b) => isNew(b) - isNew(a) || b.at.localeCompare(a.at) || b.id - a.id);
}

/** How many of them have something new. */
export const unreadItems = (items: readonly ThreadItem[]): number => items.filter((item) => item.unread > 0).length;
