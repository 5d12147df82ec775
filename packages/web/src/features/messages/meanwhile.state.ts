// What events said of messages while answers were on their way: such an answer may have been read before them. Pure.
import type { DurableFrame, UserCard } from "@homeroom/protocol";

/** An event of a log, or somebody's new card. */
export type Said = DurableFrame | { readonly type: "user_changed"; readonly user: UserCard };

interface Noted {
  readonly n: number;
  readonly frame: Said;
  /** Of two that say the same of one message, only the later one counts. */
  readonly about: string;
}

export interface Meanwhile {
  /** One mark for each request that is under way. */
  readonly open: readonly number[];
  readonly next: number;
  readonly noted: readonly Noted[];
}

export const nothingMeanwhile: Meanwhile = { open: [], next: 0, noted: [] };

/** More than this is said of old messages within one request only where somebody tidies up. */
const MOST = 2_000;

/** What an event changes of a message that may be in a page; null where there is nothing of that kind in it. */
function aboutOf(frame: Said): string | null {
  switch (frame.type) {
    case "chat_message":
      return frame.message.thread_root === null ? null : `reply ${frame.message.id}`;
    case "message_edited":
    case "message_deleted":
      return `words ${frame.message.id}`;
    case "reaction_changed":
      return `reactions ${frame.message_id}`;
    case "pins_changed":
      return `pin ${frame.message_id}`;
    case "attachment_updated":
      return `file ${frame.attachment.id}`;
    case "user_changed":
      return `card ${frame.user.id}`;
    default:
      return null;
  }
}

/** A request is about to be sent; its mark is the `next` of before. */
export const begin = (state: Meanwhile): Meanwhile => ({
  ...state,
  open: [...state.open, state.next],
  next: state.next + 1,
});

/** A request has been answered, or has failed. */
export function end(state: Meanwhile, mark: number): Meanwhile {
  const open = state.open.toSpliced(state.open.indexOf(mark), 1);
  return { ...state, open, noted: state.noted.filter(({ n }) => open.some((other) => n > other)) };
}

/** An event has been applied. Nothing is remembered while nothing is under way. */
export function note(state: Meanwhile, frame: Said): Meanwhile {
  const about = state.open.length > 0 ? aboutOf(frame) : null;
  if (about === null) return state;
  const others = state.noted.filter((one) => one.about !== about);
  return { ...state, next: state.next + 1, noted: [...others, { n: state.next, frame, about }].slice(-MOST) };
}

/** In their order, what was said since a request was sent. */
export const since = ({ noted }: Meanwhile, mark: number): Said[] =>
  noted.flatMap(({ n, frame }) => (n > mark ? [frame] : []));
