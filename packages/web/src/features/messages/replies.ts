// What a message shows of the thread below it: how many replies, whose, and how many of them I have not read.
import type { Message, Replies } from "@homeroom/protocol";

/** A reply that an event has brought: its deletion takes back what it has added, and no more. */
interface Counted {
  readonly id: number;
  readonly unread: boolean;
  readonly gone: boolean;
}

/** With what has been learnt since it was fetched. */
export interface ReplySummary extends Replies {
  readonly counted?: readonly Counted[];
  /** When the last reply was written that `count` had when it was fetched. */
  readonly countedTo?: string | null;
  /** The same of what is my own: events are the same for everybody and say nothing of it. */
  readonly ownTo?: string | null;
  /** My mark, where it is known. */
  readonly read?: number;
}

export type Root = Message & { readonly replies: ReplySummary | null };

const later = (a: string | null, b: string | null): string | null => ((a ?? "") > (b ?? "") ? a : b);
const countedTo = (replies: ReplySummary) => (replies.countedTo === undefined ? replies.last_at : replies.countedTo);
const ownTo = (replies: ReplySummary) => {
  if (replies.ownTo !== undefined) return replies.ownTo;
  return replies.unread_count === null ? null : replies.last_at;
};

/** One that events have overtaken on the way keeps what they brought. */
export function mergeReplies(old: ReplySummary | null, next: ReplySummary | null): ReplySummary | null {
  if (!old || !next || old === next) return next ?? old;
  const isOvertaken = (old.last_at ?? "") > (next.last_at ?? "");
  const isForAll = next.unread_count === null;
  if (isOvertaken) return isForAll ? old : { ...old, following: next.following };
  const { counted, read } = old;
  // Which of the replies the fetched numbers hold, and which deletions, is not known: nothing is counted here yet.
  if (!isForAll) return { ...next, ...(read !== undefined && { read }) };
  const known = { ...(counted && { counted }), ...(read !== undefined && { read }) };
  const { unread_count, following } = old;
  return { ...known, ...next, unread_count, following, countedTo: countedTo(next), ownTo: ownTo(old) };
}

const isUpTo = (at: string, end: string | null) => end !== null && at <= end;

/** Who began a thread follows it, as does whoever writes in it. */
const begun = (root: Root, meId: number): ReplySummary => {
  const following = root.sender.id === meId;
  return { count: 0, last_at: null, people: [], unread_count: 0, following, countedTo: null, ownTo: null };
};

/** A reply was written. */
export function withReply<R extends Root>(root: R, reply: Message, meId: number): R {
  const start = begun(root, meId);
  const old = root.replies ?? start;
  const counted = old.counted ?? [];
  if (counted.some((c) => c.id === reply.id)) return root;
  const isCounted = isUpTo(reply.created_at, countedTo(old));
  const isOwnCounted = isUpTo(reply.created_at, ownTo(old));
  if (isCounted && isOwnCounted) return root;
  const isMine = reply.sender.id === meId;
  const following = isMine || (old.following ?? start.following);
  const isAbove = reply.seq > (old.read ?? 0);
  const unread = following === true && !isMine && !isOwnCounted && !reply.deleted && isAbove;
  const replies: ReplySummary = {
    ...old,
    count: old.count + (isCounted || reply.deleted ? 0 : 1),
    last_at: later(old.last_at, reply.created_at),
    people: old.people.some((p) => p.id === reply.sender.id) ? old.people : [...old.people, reply.sender],
    unread_count: (old.unread_count ?? 0) + (unread ? 1 : 0),
    following,
    counted: [...counted, { id: reply.id, unread, gone: reply.deleted }],
    countedTo: countedTo(old),
    ownTo: ownTo(old),
  };
  return { ...root, replies };
}

/** Whether the fetched numbers may lack a reply already whose deletion is told now: then only the server knows. */
export const isUnsure = ({ replies }: Root, reply: Message): boolean =>
  replies !== null && !replies.counted?.some((c) => c.id === reply.id);

/** A reply was deleted. Who sees it come as deleted already (`isGhost`) has not counted it. */
export function withoutReply<R extends Root>(root: R, reply: Message, meId: number, isGhost: boolean): R {
  const old = root.replies;
  const entry = old?.counted?.find((c) => c.id === reply.id);
  if (!old || entry?.gone || (isGhost && !entry)) return root;
  const isAbove = old.read !== undefined && reply.seq > old.read && reply.sender.id !== meId;
  const wasUnread = entry ? entry.unread : isAbove;
  const replies: ReplySummary = {
    ...old,
    count: Math.max(0, old.count - 1),
    unread_count: old.unread_count === null ? null : Math.max(0, old.unread_count - (wasUnread ? 1 : 0)),
    countedTo: countedTo(old),
    ownTo: ownTo(old),
    ...(old.counted && {
      counted: old.counted.map((c) => (c.id === reply.id ? { ...c, unread: false, gone: true } : c)),
    }),
  };
  return { ...root, replies };
}

/** I have read up to a seq, and so many are left. */
export const readReplies = (replies: ReplySummary, read: number, unread_count: number): ReplySummary => ({
  ...replies,
  countedTo: countedTo(replies),
  ownTo: ownTo(replies),
  read,
  unread_count,
  ...(replies.counted && {
    counted: unread_count > 0 ? replies.counted : replies.counted.map((c) => ({ ...c, unread: false })),
  }),
});
