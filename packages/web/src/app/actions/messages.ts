// A room's messages: the window onto its history, writing, changing and taking back, and how far I have read.
import type { Message, TimelineItem } from "@homeroom/protocol";
import {
  addPending,
  extendTimeline,
  type LoadWay,
  moveTimeline,
  openTimeline,
  removePending,
  setLoad,
  trimTimeline,
} from "../../features/messages/messages.state.ts";
import { findMessage, firstSeq, lastSeq, type Page } from "../../features/messages/timeline.state.ts";
import { moveRead } from "../../features/rooms/rooms.state.ts";
import { roomKey } from "../../kit/logs.ts";
import { type Core, update } from "../core.ts";

export const PAGE = 50;
/** More unread than this, and the window opens where reading stopped instead of at the end. */
const FAR_BEHIND = 40;

type Where = { before?: number; after?: number; around?: number };

async function fetchPage({ api }: Core, id: number, where: Where, limit = PAGE) {
  const asked = Object.fromEntries(Object.entries(where).map(([name, value]) => [name, String(value)]));
  const { results, previous, next } = await api.get("/api/chat/rooms/{id}/messages/", {
    params: { id },
    query: { ...asked, limit: String(limit), include: "events" },
  });
  const items = results.filter((item): item is TimelineItem => "kind" in item);
  return { items, hasOlder: previous !== null, hasNewer: next !== null };
}

const timelineOf = ({ store }: Core, id: number) => store.getState().messages.timelines[id];

/** One fetch of its kind at a time; what goes wrong is told where the messages would be. */
async function load(core: Core, id: number, way: LoadWay, work: () => Promise<void>): Promise<void> {
  if (core.store.getState().messages.loads[id]?.[way] === "loading") return;
  const mark = (load: "loading" | "failed" | undefined) =>
    update(core, (state) => ({ ...state, messages: setLoad(state.messages, id, way, load) }));
  mark("loading");
  try {
    await work();
    mark(undefined);
  } catch {
    mark("failed");
  }
}

const move = (core: Core, id: number, page: Page) =>
  update(core, (state) => ({ ...state, messages: moveTimeline(state.messages, id, page) }));
const extend = (core: Core, id: number, page: Page) =>
  update(core, (state) => ({ ...state, messages: extendTimeline(state.messages, id, page) }));

/** Shows a room: at once where it was looked at before, else its end, or where reading stopped. */
export async function openRoom(core: Core, id: number): Promise<void> {
  update(core, (state) => ({ ...state, messages: openTimeline(state.messages, id) }));
  if (timelineOf(core, id)?.isLoaded) return;
  await load(core, id, "first", async () => {
    const room = core.store.getState().rooms.byId[id];
    if (room?.read !== undefined && (room.unread_count ?? 0) > FAR_BEHIND) await openAt(core, id, room.read);
    else await fetchEnd(core, id);
  });
}

async function fetchEnd(core: Core, id: number): Promise<void> {
  const { items, hasOlder } = await fetchPage(core, id, {});
  extend(core, id, { results: items, hasOlder, hasNewer: false });
}

async function openAt(core: Core, id: number, read: number): Promise<void> {
  const [older, newer] = await Promise.all([
    fetchPage(core, id, { before: read + 1 }, PAGE / 2),
    fetchPage(core, id, { after: read }),
  ]);
  const results = [...older.items, ...newer.items];
  move(core, id, { results, hasOlder: older.hasOlder, hasNewer: newer.hasNewer });
}

export const loadOlder = (core: Core, id: number): Promise<void> =>
  load(core, id, "older", async () => {
    const timeline = timelineOf(core, id);
    if (!timeline?.isLoaded || timeline.atStart || timeline.items.length === 0) return;
    const { items, hasOlder } = await fetchPage(core, id, { before: firstSeq(timeline) });
    extend(core, id, { results: items, hasOlder });
  });

export const loadNewer = (core: Core, id: number): Promise<void> =>
  load(core, id, "newer", async () => {
    const timeline = timelineOf(core, id);
    if (!timeline?.isLoaded || timeline.atEnd) return;
    const { items, hasNewer } = await fetchPage(core, id, { after: lastSeq(timeline) });
    extend(core, id, { results: items, hasNewer });
  });

/**
 * The window goes to the newest messages; `atOnce` even before they are here, to show what was just written.
 * False: it is there already, or they did not come.
 */
export async function showEnd(core: Core, id: number, atOnce = false): Promise<boolean> {
  if (timelineOf(core, id)?.atEnd !== false) return false;
  if (atOnce) move(core, id, { results: [], hasOlder: true, hasNewer: false });
  await load(core, id, "newer", async () => {
    const { items, hasOlder } = await fetchPage(core, id, {});
    const page = { results: items, hasOlder, hasNewer: false };
    if (atOnce) extend(core, id, page);
    else move(core, id, page);
  });
  return timelineOf(core, id)?.atEnd ?? false;
}

/** Makes sure that a message is in the window. False: it cannot be shown. */
export async function showMessage(core: Core, id: number, messageId: number): Promise<boolean> {
  if (findMessage(timelineOf(core, id), messageId)) return true;
  try {
    const { items, hasOlder, hasNewer } = await fetchPage(core, id, { around: messageId });
    move(core, id, { results: items, hasOlder, hasNewer });
    return findMessage(timelineOf(core, id), messageId) !== undefined;
  } catch {
    return false;
  }
}

export const leaveView = (core: Core, id: number): void =>
  update(core, (state) => ({ ...state, messages: trimTimeline(state.messages, id) }));

/** Shows it at once and sends it; what becomes of it is the outbox's. */
export function sendMessage(core: Core, room: number, content: string, quoted: Message["reply_preview"]): void {
  const entry = {
    client_id: core.randomId(),
    room,
    content: content.trim(),
    reply_to: quoted?.id ?? null,
    reply_preview: quoted,
    created_at: new Date(core.clock.now()).toISOString(),
    status: "queued" as const,
  };
  update(core, (state) => ({ ...state, messages: addPending(state.messages, entry) }));
  core.outbox.pump();
}

export const discard = (core: Core, client_id: string): void =>
  update(core, (state) => ({ ...state, messages: removePending(state.messages, client_id) }));

export async function editMessage(core: Core, message: Message, content: string): Promise<void> {
  const edited = await core.api.patch("/api/chat/messages/{id}/", { params: { id: message.id }, body: { content } });
  extend(core, message.room, { results: [{ ...edited, kind: "message" }] });
}

export async function deleteMessage(core: Core, message: Message): Promise<void> {
  await core.api.delete("/api/chat/messages/{id}/", { params: { id: message.id } });
}

/** How often the server is told, at most, how far I have read. */
const TELL_MS = 1_500;
const telling = new Set<number>();
/** What this page has told comes back to it as it does to my other devices: an echo, and perhaps an old one. */
const told = new Set<string>();
export const wasTold = (room: number, seq: number): boolean => told.has(`${room}:${seq}`);

/** Moves my read mark forward: on this page at once, on the server soon. */
export function markRead(core: Core, id: number, seq: number): void {
  const { rooms, logs } = core.store.getState();
  const room = rooms.byId[id];
  if (!room || (room.read ?? 0) >= seq) return;
  // What follows the last message (an edit, somebody joining) is read with it.
  const timeline = timelineOf(core, id);
  const mark = timeline?.atEnd && seq >= lastSeq(timeline) ? Math.max(seq, logs[roomKey(id)]?.applied ?? 0) : seq;
  update(core, (state) => ({ ...state, rooms: moveRead(state.rooms, id, mark) }));
  if (telling.has(id)) return;
  telling.add(id);
  void tellRead(core, id, mark).finally(() =>
    core.clock.after(TELL_MS, () => {
      telling.delete(id);
      const read = core.store.getState().rooms.byId[id]?.read ?? 0;
      if (read > mark) void tellRead(core, id, read);
    }),
  );
}

async function tellRead(core: Core, id: number, seq: number): Promise<void> {
  told.add(`${id}:${seq}`);
  try {
    const answer = await core.api.post("/api/chat/rooms/{id}/read/", { params: { id }, body: { seq } });
    const read = core.store.getState().rooms.byId[id]?.read ?? 0;
    if (read <= answer.seq)
      update(core, (state) => ({ ...state, rooms: moveRead(state.rooms, id, answer.seq, answer) }));
  } catch {
    // The next mark carries this one with it.
  }
}

export function setDraft(core: Core, room: number, text: string): void {
  update(core, (state) => ({ ...state, drafts: { ...state.drafts, [room]: text } }));
}

export const requeue = (core: Core, client_id: string): void => core.outbox.retry(client_id);
