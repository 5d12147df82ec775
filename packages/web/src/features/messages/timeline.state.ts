// One room's timeline: a window onto its history without gaps, that grows at both ends and follows the live events.
import type { DurableFrame, Message, Replies, TimelineItem } from "@homeroom/protocol";

export interface Timeline {
  /** By seq, ascending, without a hole between the first and the last. */
  readonly items: readonly TimelineItem[];
  /** A page has arrived. */
  readonly isLoaded: boolean;
  /** Nothing older exists. */
  readonly atStart: boolean;
  /** Nothing newer exists: live events are added at the end. */
  readonly atEnd: boolean;
  /** The highest seq of an item that an event has named, whether it is in the window or not. */
  readonly newest: number;
  /** Replies in threads that a resume brought as deleted already: their deletion takes nothing off a count. */
  readonly ghosts: readonly number[];
}

export type MessageItem = Extract<TimelineItem, { kind: "message" }>;

/** Follows the end from now on; the first page is still to come. */
export const emptyTimeline: Timeline = {
  items: [],
  isLoaded: false,
  atStart: false,
  atEnd: true,
  newest: 0,
  ghosts: [],
};

export const lastSeq = (timeline: Timeline): number => timeline.items.at(-1)?.seq ?? 0;
export const firstSeq = (timeline: Timeline): number => timeline.items[0]?.seq ?? 0;

/** Where a seq stands, or would stand. */
export function indexOfSeq(items: readonly TimelineItem[], seq: number): number {
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
function newer(old: TimelineItem | undefined, item: TimelineItem): TimelineItem {
  if (old?.kind !== "message" || item.kind !== "message") return item;
  const isOlder = old.deleted || (!item.deleted && (old.edited_at ?? "") > (item.edited_at ?? ""));
  const [base, other] = isOlder ? [old, item] : [item, old];
  return { ...base, replies: mergeReplies(other.replies, base.replies) };
}

/** In events, which are the same for everybody, what is the viewer's own is null and says nothing. */
function mergeReplies(old: Replies | null, replies: Replies | null): Replies | null {
  if (!old || !replies) return replies ?? old;
  const latest = (old.last_at ?? "") > (replies.last_at ?? "") ? old : replies;
  return {
    ...latest,
    unread_count: replies.unread_count ?? old.unread_count,
    following: replies.following ?? old.following,
  };
}

const upsert = (items: readonly TimelineItem[], item: TimelineItem): readonly TimelineItem[] => {
  const at = indexOfSeq(items, item.seq);
  const isThere = items[at]?.seq === item.seq;
  return isThere ? items.with(at, newer(items[at], item)) : items.toSpliced(at, 0, item);
};

export interface Page {
  results: readonly TimelineItem[];
  /** Whether there is more before or after what came. Undefined where the page does not say. */
  hasOlder?: boolean;
  hasNewer?: boolean;
}

/** Takes in a page that touches the window. */
export function addPage(timeline: Timeline, page: Page): Timeline {
  const items = page.results.reduce(upsert, timeline.items);
  const isPassed = timeline.newest > (items.at(-1)?.seq ?? 0);
  return {
    items,
    isLoaded: true,
    atStart: page.hasOlder === undefined ? timeline.atStart : !page.hasOlder,
    atEnd: page.hasNewer === undefined ? timeline.atEnd : !page.hasNewer && !isPassed,
    newest: timeline.newest,
    ghosts: timeline.ghosts,
  };
}

/** Takes in a page from elsewhere in the history: the window moves there. */
export const movedTo = (timeline: Timeline, page: Page): Timeline =>
  addPage({ ...emptyTimeline, atEnd: page.hasNewer !== true, newest: timeline.newest, ghosts: timeline.ghosts }, page);

/** Keeps only the last items of a long window that follows the end. */
export const trimmed = (timeline: Timeline, keep: number): Timeline =>
  timeline.atEnd && timeline.items.length > keep
    ? { ...timeline, items: timeline.items.slice(-keep), atStart: false }
    : timeline;

const append = (timeline: Timeline, item: TimelineItem): Timeline => {
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

/** The message itself, and the quotes of it. */
function replaced(timeline: Timeline, message: Message): Timeline {
  return mapMessages(timeline, (item) => {
    if (item.id === message.id) return { ...(newer(item, { ...message, kind: "message" }) as MessageItem) };
    if (item.reply_preview?.id !== message.id) return item;
    return { ...item, reply_preview: { ...item.reply_preview, excerpt: excerptOf(message), deleted: message.deleted } };
  });
}

/** As the server cuts a quote: one line, at most this long. */
const EXCERPT = 140;
export function excerptOf({ content, deleted }: Pick<Message, "content" | "deleted">): string {
  const line = deleted ? "" : content.replace(/\s+/g, " ");
  if (line.length <= EXCERPT) return line;
  return `${Array.from(line.slice(0, EXCERPT * 2))
    .slice(0, EXCERPT - 1)
    .join("")}…`;
}

/** A reply in a thread shows at its root: how many, who, when, and whether I have read it. */
function countReply(timeline: Timeline, reply: Message, meId: number): Timeline {
  if (reply.deleted) return { ...timeline, ghosts: [...timeline.ghosts, reply.id] };
  return mapMessages(timeline, (root) => {
    if (root.id !== reply.thread_root) return root;
    // Who began a thread follows it, as does whoever writes in it.
    const begun = { count: 0, last_at: null, people: [], unread_count: 0, following: root.sender.id === meId };
    const old = root.replies ?? begun;
    if (old.last_at !== null && reply.created_at <= old.last_at) return root;
    const isMine = reply.sender.id === meId;
    const isUnread = !isMine && old.following === true;
    const people = old.people.some((p) => p.id === reply.sender.id) ? old.people : [...old.people, reply.sender];
    return {
      ...root,
      replies: {
        count: old.count + 1,
        last_at: reply.created_at,
        people,
        unread_count: (old.unread_count ?? 0) + (isUnread ? 1 : 0),
        following: isMine ? true : old.following,
      },
    };
  });
}

const uncountReply = (timeline: Timeline, reply: Message): Timeline => {
  if (timeline.ghosts.includes(reply.id)) return timeline;
  return mapMessages(timeline, (root) =>
    root.id === reply.thread_root && root.replies
      ? { ...root, replies: { ...root.replies, count: Math.max(0, root.replies.count - 1) } }
      : root,
  );
};

export const isInTimeline = (message: Message): boolean => message.thread_root === null || message.also_in_room;

/** One event of the room's log. `now` dates what the event itself does not date. */
export function applyToTimeline(timeline: Timeline, frame: DurableFrame, meId: number, now: string): Timeline {
  switch (frame.type) {
    case "chat_message": {
      const { message } = frame;
      const counted = message.thread_root === null ? timeline : countReply(timeline, message, meId);
      return isInTimeline(message) ? append(counted, { ...message, kind: "message" }) : counted;
    }
    case "message_edited":
      return "room" in frame.message ? replaced(timeline, frame.message) : timeline;
    case "message_deleted": {
      if (!("room" in frame.message)) return timeline;
      const next = replaced(timeline, frame.message);
      return frame.message.thread_root === null ? next : uncountReply(next, frame.message);
    }
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
