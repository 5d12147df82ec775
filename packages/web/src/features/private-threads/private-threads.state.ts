// My private threads: kept current by events, with what I have not read and how far the other person has.
import type {
  DurableFrame,
  Message,
  PrivateMessage,
  PrivateThread,
  ServerFrame,
  ServerFrameOf,
} from "@homeroom/protocol";

export interface ThreadState extends PrivateThread {
  /** My read mark; unknown until the socket's hello or an answer names it. */
  readonly read?: number;
  /** The seq that the fetched numbers speak of; messages above it have been counted here. */
  readonly asOf?: number;
  /** Seqs of the unread ones among those. */
  readonly counted?: readonly number[];
}

export interface ThreadsState {
  readonly byId: Readonly<Record<number, ThreadState>>;
  /** The whole list has been fetched once. */
  readonly isLoaded: boolean;
  readonly hasFailed: boolean;
}

export const noThreads: ThreadsState = { byId: {}, isLoaded: false, hasFailed: false };

const put = (state: ThreadsState, thread: ThreadState): ThreadsState => ({
  ...state,
  byId: { ...state.byId, [thread.id]: thread },
});

/** Takes in one fetched thread. What events have brought further than the answer stays. */
export function knowThread(state: ThreadsState, fetched: PrivateThread): ThreadsState {
  const old = state.byId[fetched.id];
  const fresh = { ...fetched, asOf: fetched.last_seq, counted: [] };
  if (!old || old.epoch !== fetched.epoch) return put(state, fresh);
  if (old.last_seq > fetched.last_seq) return state;
  // Its mark may have been told meanwhile; it only moves forwards.
  const partner_read = Math.max(old.partner_read ?? 0, fetched.partner_read ?? 0);
  return put(state, { ...old, ...fresh, partner_read });
}

/** Takes in the whole list. One that was opened meanwhile is not in it, and stays. */
export const knowThreads = (state: ThreadsState, fetched: readonly PrivateThread[]): ThreadsState =>
  fetched.reduce(knowThread, { ...state, isLoaded: true, hasFailed: false });

export function forgetThread(state: ThreadsState, id: number): ThreadsState {
  if (!(id in state.byId)) return state;
  const { [id]: _, ...byId } = state.byId;
  return { ...state, byId };
}

function onMessage(thread: ThreadState, message: PrivateMessage, meId: number): ThreadState {
  const next = { ...thread, last_message: message };
  if (message.sender.id === meId || message.deleted || message.seq <= (thread.read ?? 0)) return next;
  return { ...next, unread_count: thread.unread_count + 1, counted: [...(thread.counted ?? []), message.seq] };
}

function onDeleted(thread: ThreadState, message: PrivateMessage, meId: number): ThreadState {
  const { counted = [], asOf = 0, read = 0 } = thread;
  // What was fetched as unread had not been deleted by then.
  const wasFetched = message.sender.id !== meId && message.seq > read && message.seq <= asOf;
  if (!wasFetched && !counted.includes(message.seq)) return thread;
  const unread_count = Math.max(0, thread.unread_count - 1);
  return { ...thread, unread_count, counted: counted.filter((seq) => seq !== message.seq) };
}

const withLast = (thread: ThreadState, message: PrivateMessage): ThreadState =>
  thread.last_message?.id === message.id ? { ...thread, last_message: message } : thread;

function change(thread: ThreadState, frame: DurableFrame, meId: number): ThreadState {
  switch (frame.type) {
    case "private_message":
      return onMessage(thread, frame.message, meId);
    case "message_edited":
      return "thread" in frame.message ? withLast(thread, frame.message) : thread;
    case "message_deleted":
      return "thread" in frame.message ? withLast(onDeleted(thread, frame.message, meId), frame.message) : thread;
    case "thread_updated":
      return { ...thread, is_active: frame.is_active };
    default:
      return thread;
  }
}

/** A message of a room was changed or deleted: threads that began with it show it as it is now. */
export function changeOrigin(state: ThreadsState, { id, deleted }: Message, excerpt: string): ThreadsState {
  const change = (threads: ThreadsState, thread: ThreadState): ThreadsState => {
    const { owner_preview } = thread;
    // An empty one is hidden, since not both people are in the room.
    if (owner_preview?.id !== id || owner_preview.excerpt === "") return threads;
    return put(threads, { ...thread, owner_preview: { ...owner_preview, excerpt, deleted } });
  };
  return Object.values(state.byId).reduce(change, state);
}

/** One event of a thread's log, in its order. An event that the fetched thread already shows changes nothing. */
export function applyThreadEvent(state: ThreadsState, frame: DurableFrame, meId: number): ThreadsState {
  const thread = frame.thread === undefined ? undefined : state.byId[frame.thread];
  if (!thread || frame.seq <= thread.last_seq) return state;
  return put(state, { ...change(thread, frame, meId), last_seq: frame.seq });
}

/**
 * My mark moved. At or above what was fetched, the events since say exactly what is left, whatever arrived meanwhile;
 * below it only the server knows.
 */
export function moveThreadRead(state: ThreadsState, id: number, read: number, unread_count?: number): ThreadsState {
  const thread = state.byId[id];
  if (!thread) return state;
  const counted = (thread.counted ?? []).filter((seq) => seq > read);
  if (read >= (thread.asOf ?? 0) && read >= (thread.read ?? 0)) {
    return put(state, { ...thread, read, counted, unread_count: counted.length });
  }
  return put(state, { ...thread, read, counted, ...(unread_count !== undefined && { unread_count }) });
}

/** Takes in the read marks of a new socket. */
export const greetThreads = (state: ThreadsState, hello: ServerFrameOf<"hello">): ThreadsState =>
  hello.logs.reduce((threads, log) => {
    const thread = log.thread === undefined ? undefined : threads.byId[log.thread];
    return thread && thread.read !== log.read ? put(threads, { ...thread, read: log.read }) : threads;
  }, state);

/** A thread that was opened with me; marks of mine on another device, and of the other person. */
export function applyThreadNews(state: ThreadsState, frame: ServerFrame, meId: number): ThreadsState {
  if (frame.type === "thread_added") return knowThread(state, frame.details);
  if (frame.type !== "read" || frame.thread === undefined) return state;
  if (frame.user.id === meId) return moveThreadRead(state, frame.thread, frame.seq);
  const thread = state.byId[frame.thread];
  return thread ? put(state, { ...thread, partner_read: Math.max(thread.partner_read ?? 0, frame.seq) }) : state;
}

const activity = (thread: ThreadState) => thread.last_message?.created_at ?? thread.created_at;

/** Newest activity first. */
export const listThreads = (state: ThreadsState): ThreadState[] =>
  Object.values(state.byId).toSorted((a, b) => activity(b).localeCompare(activity(a)) || b.id - a.id);

/** For a badge: what is unread in all of them. */
export const threadsUnread = (state: ThreadsState): number =>
  Object.values(state.byId).reduce((sum, thread) => sum + thread.unread_count, 0);

/** The other person of one of my threads. */
export const partnerOf = ({ user1, user2 }: PrivateThread, meId: number) => (user1.id === meId ? user2 : user1);

/** The last of my messages that the other person has read. */
export function lastReadByPartner(
  items: readonly { kind: string; id?: number; seq: number; deleted?: boolean; sender?: { id: number } }[],
  thread: Pick<PrivateThread, "partner_read">,
  meId: number,
): number | null {
  const mark = thread.partner_read ?? 0;
  const last = items.findLast(
    (item) => item.kind === "message" && item.sender?.id === meId && !item.deleted && item.seq <= mark,
  );
  return last?.id ?? null;
}
