// Who is typing, who is here and who is away: what passes at once or not at all, and expires by itself.
import type { PresenceState, ServerFrame, UserCard } from "@homeroom/protocol";
import { type LogKey, logKey } from "../../kit/logs.ts";

interface Typist {
  readonly user: UserCard;
  /** Shown until then, unless they go on. */
  readonly until: number;
}

/** Of whom nothing was said, nobody is here. */
export type Presences = Readonly<Record<number, PresenceState>>;

export interface LiveState {
  readonly typing: Readonly<Partial<Record<LogKey, readonly Typist[]>>>;
  readonly presence: Presences;
}

export const noLive: LiveState = { typing: {}, presence: {} };

/** A line that stays longer than its author's pause is a lie. */
export const TYPING_SHOWN_MS = 4_500;

const setTypists = (state: LiveState, key: LogKey, typists: readonly Typist[]): LiveState => ({
  ...state,
  typing: { ...state.typing, [key]: typists },
});

const without = (state: LiveState, key: LogKey | null, userId: number): LiveState => {
  const typists = key ? state.typing[key] : undefined;
  if (!key || !typists?.some((t) => t.user.id === userId)) return state;
  return setTypists(
    state,
    key,
    typists.filter((t) => t.user.id !== userId),
  );
};

/** @param now milliseconds since 1970 */
export function applyLive(state: LiveState, frame: ServerFrame, meId: number, now: number): LiveState {
  switch (frame.type) {
    case "typing": {
      const key = logKey(frame);
      if (!key || frame.user.id === meId) return state;
      const others = (state.typing[key] ?? []).filter((t) => t.user.id !== frame.user.id);
      return setTypists(state, key, [...others, { user: frame.user, until: now + TYPING_SHOWN_MS }]);
    }
    case "stop_typing":
    case "user_left":
      return without(state, logKey(frame), frame.user.id);
    case "chat_message":
    case "private_message":
      return without(state, logKey(frame), frame.message.sender.id);
    case "presence":
      return { ...state, presence: { ...state.presence, [frame.user.id]: frame.state } };
    default:
      return state;
  }
}

/** Drops whose time is over. The same state while nobody's is. */
export function expireTyping(state: LiveState, now: number): LiveState {
  const keys = Object.keys(state.typing) as LogKey[];
  const late = keys.filter((key) => state.typing[key]?.some((t) => t.until <= now));
  return late.reduce(
    (live, key) =>
      setTypists(
        live,
        key,
        (live.typing[key] ?? []).filter((t) => t.until > now),
      ),
    state,
  );
}
