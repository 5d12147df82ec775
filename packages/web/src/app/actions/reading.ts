// How far I have read in each place: at once on this page, soon on the server; and the way back, "mark unread".
import { markRootRead } from "../../features/messages/followed.state.ts";
import { changeTimelines, timelineAt } from "../../features/messages/messages.state.ts";
import { type Place, placeKey, placeLog } from "../../features/messages/place.ts";
import { readReplies } from "../../features/messages/replies.ts";
import { countNewer } from "../../features/messages/rows.ts";
import { changeMessage, lastSeq } from "../../features/messages/timeline.state.ts";
import { moveThreadRead } from "../../features/private-threads/private-threads.state.ts";
import { moveRead } from "../../features/rooms/rooms.state.ts";
import { type Core, update } from "../core.ts";
import type { AppState } from "../state.ts";
import { perVisit } from "../visit.ts";
import { standingIn } from "./history.ts";

/** How often the server is told, at most, how far I have read. */
const TELL_MS = 1_500;
/** An echo that takes longer is none. */
const ECHO_MS = 15_000;

interface Counts {
  unread_count: number;
  mention_count?: number;
}
interface Telling {
  isTelling: boolean;
  /** The last word to the server, to speak after it. */
  last: Promise<void>;
  /** Changes with every way back: what was asked before means nothing then. */
  turn: number;
}

const tellingsOf = perVisit(() => new Map<string, Telling>());
function tellingOf(core: Core, place: Place): Telling {
  const all = tellingsOf(core);
  const telling = all.get(placeKey(place)) ?? { isTelling: false, last: Promise.resolve(), turn: 0 };
  all.set(placeKey(place), telling);
  return telling;
}

/** What this page has told comes back to it as it does to my other devices: an echo, and perhaps an old one. */
const toldOf = perVisit(() => new Map<string, number>());

/** Whether a `read` frame is the echo of this page's own word. Each word has one. */
export function isEcho(core: Core, log: string | null, seq: number): boolean {
  const told = toldOf(core);
  const until = told.get(`${log}:${seq}`);
  told.delete(`${log}:${seq}`);
  return until !== undefined && core.clock.now() < until;
}

/** A thread's unread are counted from its replies, where the newest are here. */
function moveRepliesRead(state: AppState, place: Extract<Place, { kind: "replies" }>, seq: number, counts?: Counts) {
  const replies = state.followed.roots[place.root]?.replies;
  if (!replies) return state;
  const timeline = timelineAt(state.messages, place);
  const meId = state.me?.id ?? 0;
  const left = timeline?.isLoaded && timeline.atEnd ? countNewer(timeline.items, seq, meId) : counts?.unread_count;
  const unread = replies.following ? (left ?? replies.unread_count ?? 0) : 0;
  return {
    ...state,
    followed: markRootRead(state.followed, place.root, seq, unread),
    messages: changeTimelines(state.messages, (t) =>
      changeMessage(t, place.root, (m) => (m.replies ? { ...m, replies: readReplies(m.replies, seq, unread) } : m)),
    ),
  };
}

function moveMark(state: AppState, place: Place, seq: number, counts?: Counts): AppState {
  switch (place.kind) {
    case "room": {
      const answer = counts && { mention_count: 0, ...counts };
      return { ...state, rooms: moveRead(state.rooms, place.room, seq, answer) };
    }
    case "private":
      return { ...state, threads: moveThreadRead(state.threads, place.thread, seq, counts?.unread_count) };
    case "replies":
      return moveRepliesRead(state, place, seq, counts);
  }
}

const isKnown = ({ rooms, threads, followed }: AppState, place: Place): boolean => {
  if (place.kind === "room") return place.room in rooms.byId;
  return place.kind === "private" ? place.thread in threads.byId : place.root in followed.roots;
};

/** Moves my read mark forward: on this page at once, on the server soon. */
export function markRead(core: Core, place: Place, seq: number): void {
  const state = core.store.getState();
  const { read } = standingIn(state, place);
  if (!isKnown(state, place) || (read ?? 0) >= seq) return;
  const mark = Math.max(seq, withRest(state, place, seq));
  update(core, (before) => moveMark(before, place, mark));
  const telling = tellingOf(core, place);
  if (telling.isTelling) return;
  telling.isTelling = true;
  void tell(core, place, mark).finally(() =>
    core.clock.after(TELL_MS, () => {
      telling.isTelling = false;
      const now = standingIn(core.store.getState(), place).read ?? 0;
      if (now > mark) void tell(core, place, now);
    }),
  );
}

/** What follows the last message (an edit, somebody joining) is read with it. */
function withRest(state: AppState, place: Place, seq: number): number {
  const timeline = timelineAt(state.messages, place);
  if (place.kind === "replies" || !timeline?.atEnd || seq < lastSeq(timeline)) return seq;
  return state.logs[placeLog(place)]?.applied ?? 0;
}

/** Everything that is there, seen or not; the "new" line goes. */
export function markAllRead(core: Core, place: Place): void {
  const { logs } = core.store.getState();
  const key = placeKey(place);
  update(core, (state) => ({ ...state, dismissed: { ...state.dismissed, [key]: (state.dismissed[key] ?? 0) + 1 } }));
  letGo(core, place);
  markRead(core, place, logs[placeLog(place)]?.head ?? 0);
}

/** Echoes that never came, while there was no socket, are not waited for any longer. */
function awaitEcho(core: Core, place: Place, seq: number): void {
  const told = toldOf(core);
  const now = core.clock.now();
  for (const [key, until] of told) if (until <= now) told.delete(key);
  told.set(`${placeLog(place)}:${seq}`, now + ECHO_MS);
}

async function post(core: Core, place: Place, seq: number, unread = false): Promise<Counts & { seq: number }> {
  const { api } = core;
  const body = { seq, ...(unread && { unread }) };
  if (place.kind === "replies") {
    return api.post("/api/chat/messages/{id}/thread/read/", { params: { id: place.root }, body: { seq } });
  }
  awaitEcho(core, place, seq);
  return place.kind === "room"
    ? api.post("/api/chat/rooms/{id}/read/", { params: { id: place.room }, body })
    : api.post("/api/chat/private-threads/{id}/read/", { params: { id: place.thread }, body });
}

/** Nothing is told of threads that nobody follows: the server keeps no mark for them. */
const isKept = ({ followed }: AppState, place: Place) =>
  place.kind !== "replies" || followed.roots[place.root]?.replies?.following === true;

function tell(core: Core, place: Place, seq: number): Promise<void> {
  const telling = tellingOf(core, place);
  const { turn } = telling;
  const work = async () => {
    if (turn !== telling.turn || !isKept(core.store.getState(), place)) return;
    try {
      const answer = await post(core, place, seq);
      if (turn !== telling.turn) return;
      update(core, (state) => {
        const next = withServerMark(state, place, answer.seq);
        return (standingIn(state, place).read ?? 0) <= answer.seq ? moveMark(next, place, answer.seq, answer) : next;
      });
    } catch {
      // The next mark carries this one with it.
    }
  };
  telling.last = telling.last.then(work);
  return telling.last;
}

/** Who follows a thread from now on has read what was read here before, when the server kept no mark. */
export function tellRead(core: Core, place: Place): void {
  const { read } = standingIn(core.store.getState(), place);
  if (read) void tell(core, place, read);
}

/** The only way back: from this message on, everything is unread again. Threads of replies have none. @throws */
export async function markUnread(core: Core, place: Place, seq: number): Promise<void> {
  if (place.kind === "replies") return;
  const telling = tellingOf(core, place);
  telling.turn += 1;
  const { turn } = telling;
  await telling.last;
  const answer = await post(core, place, Math.max(0, seq - 1), true);
  if (turn === telling.turn)
    update(core, (state) => hold(moveMark(state, place, answer.seq, answer), place, answer.seq));
}

/** Where the server has my mark: a `read` frame below it says that it was taken back. */
const withServerMark = (state: AppState, place: Place, seq: number): AppState =>
  place.kind === "replies" ? state : { ...state, marks: { ...state.marks, [placeLog(place)]: seq } };

const hold = (state: AppState, place: Place, seq: number): AppState => ({
  ...withServerMark(state, place, seq),
  held: { ...state.held, [placeKey(place)]: seq },
});

/** Whether what I marked as unread must not be read again only because it is in view. */
export const isHeld = ({ held }: AppState, place: Place): boolean => held[placeKey(place)] !== undefined;

/** The reader has left, or scrolled. */
export const letGo = (core: Core, place: Place): void =>
  update(core, (state) => {
    if (!isHeld(state, place)) return state;
    const { [placeKey(place)]: _, ...held } = state.held;
    return { ...state, held };
  });
