// The threads of replies that I write in or follow, by their root messages, kept current by the events of their rooms;
// and the roots of threads that are open beside a room.
import type { DurableFrame, Message } from "@homeroom/protocol";
import { mergeReplies, readReplies, type Root, withoutReply, withReply } from "./replies.ts";
import { excerptOf, type Item, marked } from "./timeline.state.ts";

export interface FollowedState {
  /** Every root that is known here, followed or not. */
  readonly roots: Readonly<Record<number, Root>>;
  /** Whether I follow a thread, where that was said: of one without replies the root says nothing. */
  readonly choices: Readonly<Record<number, boolean>>;
  /** The whole list has been fetched once. */
  readonly isLoaded: boolean;
  readonly hasFailed: boolean;
}

export const noFollowed: FollowedState = { roots: {}, choices: {}, isLoaded: false, hasFailed: false };

const put = (state: FollowedState, root: Root): FollowedState =>
  state.roots[root.id] === root ? state : { ...state, roots: { ...state.roots, [root.id]: root } };

const isOlder = (old: Root, root: Root) =>
  old.deleted || (!root.deleted && (old.edited_at ?? "") > (root.edited_at ?? ""));

/** Takes in a fetched root. What events have brought further than the answer stays. */
export function knowRoot(state: FollowedState, root: Root): FollowedState {
  const old = state.roots[root.id];
  if (!old) return put(state, root);
  return put(state, { ...(isOlder(old, root) ? old : root), replies: mergeReplies(old.replies, root.replies) });
}

/** I follow a thread, or do not. What is unread in it is known to the server alone. */
export function knowChoice(state: FollowedState, id: number, following: boolean): FollowedState {
  const next = { ...state, choices: { ...state.choices, [id]: following } };
  return change(next, id, (root) => {
    if (!root.replies || root.replies.following === following) return root;
    const unread_count = following ? root.replies.unread_count : 0;
    return { ...root, replies: { ...root.replies, following, unread_count } };
  });
}

/** Whether I follow a thread; null where it is not known. */
export const followsThread = ({ roots, choices }: FollowedState, id: number): boolean | null =>
  roots[id]?.replies?.following ?? choices[id] ?? null;

/** Takes in the whole list: what is not in it is not followed any more. */
export function knowFollowed(state: FollowedState, roots: readonly Root[]): FollowedState {
  const listed = new Set(roots.map((root) => root.id));
  const kept = Object.values(state.roots).map((root) =>
    root.replies?.following && !listed.has(root.id)
      ? { ...root, replies: { ...root.replies, following: false, unread_count: 0 } }
      : root,
  );
  const byId = Object.fromEntries(kept.map((root) => [root.id, root]));
  const before = { ...state, roots: byId, isLoaded: true, hasFailed: false };
  return roots.reduce(knowRoot, before);
}

/** What a page of history says of roots that are known. */
export const refreshRoots = (state: FollowedState, items: readonly Item[]): FollowedState =>
  items.reduce(
    (next, item) => (item.kind === "message" && "room" in item && next.roots[item.id] ? knowRoot(next, item) : next),
    state,
  );

export function forgetRoots(state: FollowedState, room: number): FollowedState {
  const kept = Object.entries(state.roots).filter(([, root]) => root.room !== room);
  return kept.length === Object.keys(state.roots).length ? state : { ...state, roots: Object.fromEntries(kept) };
}

const change = (state: FollowedState, id: number | null, changed: (root: Root) => Root): FollowedState => {
  const root = id === null ? undefined : state.roots[id];
  return root ? put(state, changed(root)) : state;
};

export interface FollowedViewing {
  meId: number;
  isGhost: (id: number) => boolean;
  /** A message that is on the screen, as it was before this event. */
  find: (id: number) => Root | undefined;
}

/** A reply to a message of mine, or of mine: its thread is followed from now on. */
function onReply(state: FollowedState, reply: Message, { meId, find }: FollowedViewing): FollowedState {
  const id = reply.thread_root;
  if (id === null) return state;
  if (state.roots[id]) return change(state, id, (root) => withReply(root, reply, meId));
  const root = find(id);
  const next = root && withReply(root, reply, meId);
  return next?.replies?.following ? put(state, next) : state;
}

const onChanged = (state: FollowedState, message: Message): FollowedState => {
  const quoting = Object.values(state.roots).filter((root) => root.reply_preview?.id === message.id);
  const quoted = quoting.reduce((next, root) => {
    const { deleted } = message;
    const reply_preview = root.reply_preview && { ...root.reply_preview, excerpt: excerptOf(message), deleted };
    return put(next, { ...root, reply_preview });
  }, state);
  return state.roots[message.id] ? knowRoot(quoted, message) : quoted;
};

/** One event of a room's log. */
export function applyFollowed(state: FollowedState, frame: DurableFrame, viewing: FollowedViewing): FollowedState {
  switch (frame.type) {
    case "chat_message":
      return onReply(state, frame.message, viewing);
    case "message_edited":
      return "room" in frame.message ? onChanged(state, frame.message) : state;
    case "message_deleted": {
      const { message } = frame;
      if (!("room" in message)) return state;
      const { meId, isGhost } = viewing;
      const uncounted = (root: Root) => withoutReply(root, message, meId, isGhost(message.id));
      return change(onChanged(state, message), message.thread_root, uncounted);
    }
    case "reaction_changed":
    case "pins_changed":
    case "attachment_updated":
      return change(state, frame.message_id, (root) => marked(root, frame));
    default:
      return state;
  }
}

/** An event that has been applied, once more for roots that may have been read before it. */
export function applyFollowedAgain(state: FollowedState, frame: DurableFrame, meId: number): FollowedState {
  switch (frame.type) {
    case "chat_message":
      return change(state, frame.message.thread_root, (root) => withReply(root, frame.message, meId));
    case "message_edited":
    case "message_deleted":
      return "room" in frame.message ? onChanged(state, { ...frame.message, replies: null }) : state;
    case "reaction_changed":
    case "pins_changed":
    case "attachment_updated":
      return change(state, frame.message_id, (root) => marked(root, frame));
    default:
      return state;
  }
}

export const markRootRead = (state: FollowedState, id: number, read: number, unread: number): FollowedState =>
  change(state, id, (root) => ({ ...root, replies: root.replies && readReplies(root.replies, read, unread) }));

const lastAt = ({ replies, created_at }: Root) => replies?.last_at ?? created_at;

/** Newest activity first. */
export const followedRoots = (state: FollowedState): Root[] =>
  Object.values(state.roots)
    .filter(({ replies }) => replies?.following && replies.last_at !== null)
    .toSorted((a, b) => lastAt(b).localeCompare(lastAt(a)) || b.id - a.id);

/** For a badge: how many of them have something new. */
export const followedUnread = (state: FollowedState): number =>
  Object.values(state.roots).filter(({ replies }) => replies?.following && (replies.unread_count ?? 0) > 0).length;
