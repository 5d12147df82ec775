// My private threads, as data: kept current by events. Their screens come with the private chat.
import type { DurableFrame, PrivateThread, ServerFrame } from "@homeroom/protocol";

export interface ThreadsState {
  readonly byId: Readonly<Record<number, PrivateThread>>;
}

export const noThreads: ThreadsState = { byId: {} };

export function knowThread(state: ThreadsState, thread: PrivateThread): ThreadsState {
  const old = state.byId[thread.id];
  if (old && old.epoch === thread.epoch && old.last_seq > thread.last_seq) return state;
  return { byId: { ...state.byId, [thread.id]: thread } };
}

export function forgetThread(state: ThreadsState, id: number): ThreadsState {
  const { [id]: _, ...byId } = state.byId;
  return { byId };
}

function change(thread: PrivateThread, frame: DurableFrame, meId: number): PrivateThread {
  switch (frame.type) {
    case "private_message": {
      const isUnread = frame.message.sender.id !== meId && !frame.message.deleted;
      const unread_count = thread.unread_count + (isUnread ? 1 : 0);
      return { ...thread, last_message: frame.message, unread_count };
    }
    case "message_edited":
    case "message_deleted":
      return "thread" in frame.message && thread.last_message?.id === frame.message.id
        ? { ...thread, last_message: frame.message }
        : thread;
    case "thread_updated":
      return { ...thread, is_active: frame.is_active };
    default:
      return thread;
  }
}

/** One event of a thread's log, in its order. */
export function applyThreadEvent(state: ThreadsState, frame: DurableFrame, meId: number): ThreadsState {
  const thread = frame.thread === undefined ? undefined : state.byId[frame.thread];
  if (!thread || frame.seq <= thread.last_seq) return state;
  return { byId: { ...state.byId, [thread.id]: { ...change(thread, frame, meId), last_seq: frame.seq } } };
}

export function applyThreadNews(state: ThreadsState, frame: ServerFrame, meId: number): ThreadsState {
  if (frame.type === "thread_added") return knowThread(state, frame.details);
  if (frame.type !== "read" || frame.user.id !== meId || frame.thread === undefined) return state;
  const thread = state.byId[frame.thread];
  if (!thread || frame.seq < thread.last_seq) return state;
  return { byId: { ...state.byId, [thread.id]: { ...thread, unread_count: 0 } } };
}
