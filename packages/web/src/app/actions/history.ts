// The window onto a place's history: opening it, growing it at both ends, moving it to a message.
import type { Message, PrivateMessage, TimelineItem } from "@homeroom/protocol";
import { refreshRoots } from "../../features/messages/followed.state.ts";
import {
  extendTimeline,
  type Load,
  type LoadWay,
  moveTimeline,
  openTimeline,
  setLoad,
  timelineAt,
  trimTimeline,
} from "../../features/messages/messages.state.ts";
import { type Place, placeKey, roomPlace } from "../../features/messages/place.ts";
import {
  findMessage,
  firstSeq,
  type Item,
  lastSeq,
  type MessageItem,
  type Page,
} from "../../features/messages/timeline.state.ts";
import { ApiError } from "../../kit/failures.ts";
import { type Core, update } from "../core.ts";
import type { AppState } from "../state.ts";
import { fetchInto, learnThread, type Thread } from "./fetching.ts";

export const PAGE = 50;
/** More unread than this, and the window opens where reading stopped instead of at the end. */
const FAR_BEHIND = 40;
/** So long it waits to know where that was. */
const MARK_MS = 1_000;
/** Above every seq: what comes before it ends with the newest. */
const ABOVE_ALL = 10 ** 14;

type Where = { before?: number; after?: number; around?: number };
interface Fetched {
  items: Item[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** The message that replies grow from. */
  thread?: Thread;
}

const asItem = (message: Message | PrivateMessage): MessageItem => ({ ...message, kind: "message" });

async function fetchPage({ api }: Core, place: Place, where: Where, limit = PAGE): Promise<Fetched> {
  const asked = Object.fromEntries(Object.entries(where).map(([name, value]) => [name, String(value)]));
  const query = { ...asked, limit: String(limit) };
  switch (place.kind) {
    case "room": {
      const answer = await api.get("/api/chat/rooms/{id}/messages/", {
        params: { id: place.room },
        query: { ...query, include: "events" },
      });
      const items = answer.results.filter((item): item is TimelineItem => "kind" in item);
      return { items, hasOlder: answer.previous !== null, hasNewer: answer.next !== null };
    }
    case "private": {
      const params = { id: place.thread };
      const answer = await api.get("/api/chat/private-threads/{id}/messages/", { params, query });
      const items = answer.results.map(asItem);
      return { items, hasOlder: answer.previous !== null, hasNewer: answer.next !== null };
    }
    case "replies": {
      const params = { id: place.root };
      const answer = await api.get("/api/chat/messages/{id}/thread/", { params, query });
      const items = answer.results.map(asItem);
      return { items, hasOlder: answer.previous !== null, hasNewer: answer.next !== null, thread: answer };
    }
  }
}

/** The newest page of a place. */
const fetchEnd = (core: Core, place: Place): Promise<Fetched> =>
  fetchPage(core, place, place.kind === "replies" ? { before: ABOVE_ALL } : {});

const timelineOf = ({ store }: Core, place: Place) => timelineAt(store.getState().messages, place);

/** One fetch of its kind at a time; what goes wrong is told where the messages would be. */
async function load(core: Core, place: Place, way: LoadWay, work: () => Promise<void>): Promise<void> {
  if (core.store.getState().messages.loads[placeKey(place)]?.[way] === "loading") return;
  const mark = (load: Load | undefined) =>
    update(core, (state) => ({ ...state, messages: setLoad(state.messages, place, way, load) }));
  mark("loading");
  try {
    await work();
    mark(undefined);
  } catch (error) {
    mark(error instanceof ApiError && error.status === 404 ? "gone" : "failed");
  }
}

interface Answer extends Page {
  thread?: Thread | undefined;
}

function take(state: AppState, place: Place, { thread, ...page }: Answer, way: typeof extendTimeline): AppState {
  const known = thread ? learnThread(state, thread) : state;
  const messages = way(known.messages, place, page);
  return { ...known, messages, followed: refreshRoots(known.followed, page.results) };
}
const move = (state: AppState, place: Place, page: Answer) => take(state, place, page, moveTimeline);
const extend = (state: AppState, place: Place, page: Answer) => take(state, place, page, extendTimeline);

/** How far I have read in a place, and how much is left; null where it is not known. */
export function standingIn({ rooms, threads, followed }: AppState, place: Place) {
  switch (place.kind) {
    case "room": {
      const room = rooms.byId[place.room];
      return { read: room?.read ?? null, unread: room?.unread_count ?? 0 };
    }
    case "private": {
      const thread = threads.byId[place.thread];
      return { read: thread?.read ?? null, unread: thread?.unread_count ?? 0 };
    }
    case "replies": {
      const replies = followed.roots[place.root]?.replies;
      return { read: replies?.read ?? null, unread: replies?.unread_count ?? 0 };
    }
  }
}

/** My read mark, for which a page that has just been loaded waits a moment: the socket tells it. */
function markOf({ store, clock }: Core, place: Place): Promise<number | null> {
  const read = () => standingIn(store.getState(), place).read;
  if (read() !== null) return Promise.resolve(read());
  return new Promise((resolve) => {
    const finish = () => {
      stop();
      cancel();
      resolve(read());
    };
    const stop = store.subscribe(() => read() !== null && finish());
    const cancel = clock.after(MARK_MS, finish);
  });
}

/** Shows a place: at once where it was looked at before, else its end, or where reading stopped. */
export async function openPlace(core: Core, place: Place): Promise<void> {
  update(core, (state) => ({ ...state, messages: openTimeline(state.messages, place) }));
  if (timelineOf(core, place)?.isLoaded) return;
  await load(core, place, "first", async () => {
    const { unread } = standingIn(core.store.getState(), place);
    const read = unread > FAR_BEHIND ? await markOf(core, place) : null;
    if (read !== null) return openAt(core, place, read);
    const work = () => fetchEnd(core, place);
    await fetchInto(core, work, (state, { items, ...rest }) =>
      extend(state, place, { results: items, ...rest, hasNewer: false }),
    );
  });
}

export const openRoom = (core: Core, id: number): Promise<void> => openPlace(core, roomPlace(id));

/** The window goes to where reading stopped. False: it could not be fetched. */
export async function showUnread(core: Core, place: Place, read: number): Promise<boolean> {
  await load(core, place, "newer", () => openAt(core, place, read));
  const timeline = timelineOf(core, place);
  return timeline !== undefined && firstSeq(timeline) <= read + 1;
}

async function openAt(core: Core, place: Place, read: number): Promise<void> {
  const work = () =>
    Promise.all([fetchPage(core, place, { before: read + 1 }, PAGE / 2), fetchPage(core, place, { after: read })]);
  await fetchInto(core, work, (state, [older, newer]) => {
    const results = [...older.items, ...newer.items];
    return move(state, place, { results, hasOlder: older.hasOlder, hasNewer: newer.hasNewer, thread: newer.thread });
  });
}

export const loadOlder = (core: Core, place: Place): Promise<void> =>
  load(core, place, "older", async () => {
    const timeline = timelineOf(core, place);
    if (!timeline?.isLoaded || timeline.atStart || timeline.items.length === 0) return;
    const work = () => fetchPage(core, place, { before: firstSeq(timeline) });
    await fetchInto(core, work, (state, { items, hasOlder, thread }) =>
      extend(state, place, { results: items, hasOlder, thread }),
    );
  });

export const loadNewer = (core: Core, place: Place): Promise<void> =>
  load(core, place, "newer", async () => {
    const timeline = timelineOf(core, place);
    if (!timeline?.isLoaded || timeline.atEnd) return;
    const work = () => fetchPage(core, place, { after: lastSeq(timeline) });
    await fetchInto(core, work, (state, { items, hasNewer, thread }) =>
      extend(state, place, { results: items, hasNewer, thread }),
    );
  });

/**
 * The window goes to the newest messages; `atOnce` even before they are here, to show what was just written.
 * False: it is there already, or they did not come.
 */
export async function showEnd(core: Core, place: Place, atOnce = false): Promise<boolean> {
  if (timelineOf(core, place)?.atEnd !== false) return false;
  if (atOnce) update(core, (state) => move(state, place, { results: [], hasOlder: true, hasNewer: false }));
  await load(core, place, "newer", async () => {
    const work = () => fetchEnd(core, place);
    await fetchInto(core, work, (state, { items, hasOlder, thread }) => {
      const page = { results: items, hasOlder, hasNewer: false, thread };
      return atOnce ? extend(state, place, page) : move(state, place, page);
    });
  });
  return timelineOf(core, place)?.atEnd ?? false;
}

/** How far back a thread is searched for one reply; its pages cannot be asked for around it. */
const MOST_PAGES = 20;

async function showReply(core: Core, place: Place, messageId: number): Promise<boolean> {
  await openPlace(core, place);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const timeline = timelineOf(core, place);
    if (findMessage(timeline, messageId)) return true;
    const first = timeline && firstSeq(timeline);
    await loadOlder(core, place);
    const next = timelineOf(core, place);
    if (!next || firstSeq(next) === first) break;
  }
  return findMessage(timelineOf(core, place), messageId) !== undefined;
}

/** Makes sure that a message is in the window. False: it cannot be shown. */
export async function showMessage(core: Core, place: Place, messageId: number): Promise<boolean> {
  if (findMessage(timelineOf(core, place), messageId)) return true;
  if (place.kind === "replies") return showReply(core, place, messageId);
  try {
    const has = ({ items }: Fetched) => items.some((item) => item.kind === "message" && item.id === messageId);
    const work = () => fetchPage(core, place, { around: messageId });
    const page = await fetchInto(core, work, (state, answer) => {
      if (!has(answer)) return state;
      const { items: results, hasOlder, hasNewer } = answer;
      const opened = { ...state, messages: openTimeline(state.messages, place) };
      return move(opened, place, { results, hasOlder, hasNewer });
    });
    return has(page);
  } catch {
    return false;
  }
}

export const leaveView = (core: Core, place: Place): void =>
  update(core, (state) => ({ ...state, messages: trimTimeline(state.messages, place) }));
