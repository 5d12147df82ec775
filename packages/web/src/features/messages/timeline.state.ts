// One place's timeline: a window onto its history without gaps, that grows at both ends and follows the live events.
import type { DurableFrame, Message, PrivateMessage, TimelineItem } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import type { Place } from "./place.ts";
import { mergeReplies, type ReplySummary, withoutReply, withReply } from "./replies.ts";

type AnyMessage = Message | PrivateMessage;
export type MessageItem = AnyMessage & { readonly kind: "message"; readonly replies: ReplySummary | null };
export type Item = Exclude<TimelineItem, { kind: "message" }> | MessageItem;

export interface Timeline {
  readonly place: Place;
  /** By seq, ascending, without a hole between the first and the last. */
  readonly items: readonly Item[];
  /** A page has arrived. */
  readonly isLoaded: boolean;
  /** Nothing older exists. */
  readonly atStart: boolean;
  /** Nothing newer exists: live events are added at the end. */
  readonly atEnd: boolean;
  /** The highest seq of an item that an event has named, whether it is in the window or not. */
  readonly newest: number;
}

/** Follows the end from now on; the first page is still to come. */
export const emptyTimeline = (place: Place): Timeline => ({
  place,
  items: [],
  isLoaded: false,
  atStart: false,
  atEnd: true,
  newest: 0,
});

export const lastSeq = (timeline: Timeline): number => timeline.items.at(-1)?.seq ?? 0;
export const firstSeq = (timeline: Timeline): number => timeline.items[0]?.seq ?? 0;

/** Where a seq stands, or would stand. */
export function indexOfSeq(items: readonly Item[], seq: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const findMessage = (timeline: Timeline | undefined, id: number): MessageItem | undefined =>
  timeline?.items.findLast((item): item is MessageItem => item.kind === "message" && item.id === id);

/** A history page may have been read before an event that came first: what is deleted or edited later stays so. */
function newer(old: Item | undefined, item: Item): Item {
  if (old?.kind !== "message" || item.kind !== "message") return item;
  const isOlder = old.deleted || (!item.deleted && (old.edited_at ?? "") > (item.edited_at ?? ""));
  return { ...(isOlder ? old : item), replies: mergeReplies(old.replies, item.replies) };
}

const upsert = (items: readonly Item[], item: Item): readonly Item[] => {
  const at = indexOfSeq(items, item.seq);
  const isThere = items[at]?.seq === item.seq;
  return isThere ? items.with(at, newer(items[at], item)) : items.toSpliced(at, 0, item);
};

export interface Page {
  results: readonly Item[];
  /** Whether there is more before or after what came. Undefined where the page does not say. */
  hasOlder?: boolean;
  hasNewer?: boolean;
}

/** Takes in a page that touches the window. */
export function addPage(timeline: Timeline, page: Page): Timeline {
  const items = page.results.reduce(upsert, timeline.items);
  const isPassed = timeline.newest > (items.at(-1)?.seq ?? 0);
  return {
    place: timeline.place,
    items,
    isLoaded: true,
    atStart: page.hasOlder === undefined ? timeline.atStart : !page.hasOlder,
    atEnd: page.hasNewer === undefined ? timeline.atEnd : !page.hasNewer && !isPassed,
    newest: timeline.newest,
  };
}

/** Takes in a page from elsewhere in the history: the window moves there. */
export const movedTo = (timeline: Timeline, page: Page): Timeline =>
  addPage({ ...emptyTimeline(timeline.place), atEnd: page.hasNewer !== true, newest: timeline.newest }, page);

/** Keeps only the last items of a long window that follows the end. */
export const trimmed = (timeline: Timeline, keep: number): Timeline =>
  timeline.atEnd && timeline.items.length > keep
    ? { ...timeline, items: timeline.items.slice(-keep), atStart: false }
    : timeline;

const append = (timeline: Timeline, item: Item): Timeline => {
  const newest = Math.max(timeline.newest, item.seq);
  const isInside = timeline.items.length > 0 && item.seq <= lastSeq(timeline);
  if (!timeline.atEnd && !isInside) return { ...timeline, newest };
  return { ...timeline, newest, items: upsert(timeline.items, item) };
};

const mapMessages = (timeline: Timeline, change: (message: MessageItem) => MessageItem): Timeline => {
  let isChanged = false;
  const items = timeline.items.map((item) => {
    if (item.kind !== "message") return item;
    const next = change(item);
    isChanged ||= next !== item;
    return next;
  });
  return isChanged ? { ...timeline, items } : timeline;
};

const asItem = (message: AnyMessage): MessageItem => ({ ...message, kind: "message" });

/** The message itself, and the quotes of it. */
export function replaced(timeline: Timeline, message: AnyMessage): Timeline {
  return mapMessages(timeline, (item) => {
    if (item.id === message.id) return newer(item, asItem(message)) as MessageItem;
    if (item.reply_preview?.id !== message.id) return item;
    return { ...item, reply_preview: { ...item.reply_preview, excerpt: excerptOf(message), deleted: message.deleted } };
  });
}

type Excerpted = Pick<Message, "content" | "attachments" | "deleted">;

/** As the server cuts a quote: one line, at most this long; without words, what the files are. */
const EXCERPT = 140;
export function excerptOf({ content, attachments, deleted }: Excerpted): string {
  const line = deleted ? "" : content.replace(/\s+/g, " ").trim() || fileWords(attachments);
  if (line.length <= EXCERPT) return line;
  return `${Array.from(line.slice(0, EXCERPT * 2))
    .slice(0, EXCERPT - 1)
    .join("")}…`;
}

/** Changes one message, where it is in the window. */
export const changeMessage = (
  timeline: Timeline,
  id: number | null,
  change: (message: MessageItem) => MessageItem,
): Timeline => mapMessages(timeline, (item) => (item.id === id ? change(item) : item));

type Marking = Extract<DurableFrame, { type: "reaction_changed" | "pins_changed" | "attachment_updated" }>;

/** With the reactions, the pin or the file that an event tells; a deleted message, whose page was ahead of its log, has none. */
export function marked<M extends AnyMessage>(message: M, frame: Marking): M {
  if (message.deleted) return message;
  if (frame.type === "attachment_updated") {
    const { attachment } = frame;
    const attachments = message.attachments.map((file) => (file.id === attachment.id ? attachment : file));
    return { ...message, attachments };
  }
  return frame.type === "pins_changed"
    ? { ...message, pinned: frame.pinned }
    : { ...message, reactions: frame.reactions };
}

const changeRoot = (timeline: Timeline, id: number | null, change: (root: Message & MessageItem) => MessageItem) =>
  changeMessage(timeline, id, (item) => ("room" in item ? change(item) : item));

export const isInTimeline = (message: AnyMessage): boolean => message.thread_root === null || message.also_in_room;

/** Whether a message of the place's log is shown there. */
const belongs = (place: Place, message: AnyMessage): boolean =>
  place.kind === "replies" ? message.thread_root === place.root : isInTimeline(message);

export interface Viewing {
  meId: number;
  /** Dates what an event itself does not date. */
  now: string;
  /** A reply that a resume brought as deleted already: its deletion takes nothing off a count. */
  isGhost: (id: number) => boolean;
}

/** Somebody came or went, or the room was changed: told in the room's own timeline. */
function applyComing(timeline: Timeline, frame: DurableFrame, now: string): Timeline {
  if (timeline.place.kind !== "room") return timeline;
  switch (frame.type) {
    case "user_joined":
      return append(timeline, { kind: "user_joined", seq: frame.seq, created_at: now, user: frame.user });
    case "user_left": {
      const { seq, user, kicked } = frame;
      return append(timeline, { kind: "user_left", seq, created_at: now, user, kicked });
    }
    case "room_updated":
      return append(timeline, { kind: "room_updated", seq: frame.seq, created_at: now });
    default:
      return timeline;
  }
}

/** One event of the place's log. */
export function applyToTimeline(timeline: Timeline, frame: DurableFrame, viewing: Viewing): Timeline {
  const { meId, now, isGhost } = viewing;
  switch (frame.type) {
    case "chat_message": {
      const { message } = frame;
      const counted = changeRoot(timeline, message.thread_root, (root) => withReply(root, message, meId));
      return belongs(timeline.place, message) ? append(counted, asItem(message)) : counted;
    }
    case "private_message":
      return append(timeline, asItem(frame.message));
    case "message_edited":
      return replaced(timeline, frame.message);
    case "message_deleted": {
      const { message } = frame;
      const next = replaced(timeline, message);
      if (!("room" in message)) return next;
      return changeRoot(next, message.thread_root, (root) => withoutReply(root, message, meId, isGhost(message.id)));
    }
    case "reaction_changed":
    case "pins_changed":
    case "attachment_updated":
      return changeMessage(timeline, frame.message_id, (item) => marked(item, frame));
    default:
      return applyComing(timeline, frame, now);
  }
}

/**
 * An event that has been applied is said once more to a page that may have been read before it, or after it. A count
 * of replies that a deletion has lowered cannot be told apart; such a root is asked for afresh.
 */
export function applyAgain(timeline: Timeline, frame: DurableFrame, meId: number): Timeline {
  switch (frame.type) {
    case "chat_message":
      return changeRoot(timeline, frame.message.thread_root, (root) => withReply(root, frame.message, meId));
    case "message_edited":
    case "message_deleted":
      return replaced(timeline, { ...frame.message, replies: null });
    case "reaction_changed":
    case "pins_changed":
    case "attachment_updated":
      return changeMessage(timeline, frame.message_id, (item) => marked(item, frame));
    default:
      return timeline;
  }
}
