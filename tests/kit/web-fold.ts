// The web client's own state, fed by a test: what it fetched once, and the frames since. Shown as far as people see it.
import type { Me, Message, RoomWithParticipants, ServerFrame, TimelineItem } from "@homeroom/protocol";
import { type AppState, apply, initialState, learnRoom, learnThread } from "../../packages/web/src/app/state.ts";
import { extendTimeline, openTimeline } from "../../packages/web/src/features/messages/messages.state.ts";
import { placeKey, roomPlace } from "../../packages/web/src/features/messages/place.ts";
import type { Item } from "../../packages/web/src/features/messages/timeline.state.ts";
import { allPages } from "./fold.ts";
import type { Classroom, Person } from "./school.ts";

export interface Place {
  room: Classroom;
  /** A private thread beside it. */
  thread: { id: number };
}

/** The state of a client that has just fetched everything there is. */
export const fetchWeb = async (who: Person, { room, thread }: Place): Promise<AppState> => {
  const fetched = await who.call<RoomWithParticipants>("GET", room.path);
  const me = await who.ask<Me>("GET", "/api/auth/me/");
  const empty: AppState = { ...initialState, phase: "in", me };
  if (fetched.status !== 200) return empty;
  const withRoom = learnRoom(empty, fetched.body);
  const withThread = learnThread(withRoom, await who.ask("GET", `/api/chat/private-threads/${thread.id}/`));
  const results = await allPages<TimelineItem>(who, `${room.path}messages/?after=0&limit=100&include=events`);
  const place = roomPlace(room.id);
  const page = { results, hasOlder: false, hasNewer: false };
  return {
    ...withThread,
    messages: extendTimeline(openTimeline(withThread.messages, place), place, page),
  };
};

export class WebFold {
  state: AppState;
  /** Only the server knows what is unread now, since my mark went back: the client fetches the room again. */
  mustFetch = false;

  constructor(state: AppState) {
    this.state = state;
  }

  apply(frame: ServerFrame): void {
    const room = frame.type === "read" ? this.state.rooms.byId[frame.room ?? 0] : undefined;
    if (frame.type === "read" && room) {
      const isMine = frame.user.id === this.state.me?.id;
      this.mustFetch ||= isMine && frame.seq < Math.max(room.asOf ?? 0, room.read ?? 0);
    }
    // A new socket may have missed what is no event: the client fetches its rooms again.
    this.mustFetch ||= frame.type === "hello";
    this.state = apply(this.state, frame, Date.now());
  }

  async fetchIfNeeded(who: Person, { path }: Classroom): Promise<void> {
    if (this.mustFetch) this.state = learnRoom(this.state, await who.ask<RoomWithParticipants>("GET", path));
    this.mustFetch = false;
  }
}

/**
 * When people came and went is not said by the event, but only by the page. Whether the viewer follows a thread and has
 * read it depends on marks that the client does not have; there is no screen that shows it.
 */
const shown = (item: Item): object => {
  if (item.kind !== "message") return { ...item, created_at: "" };
  if (!item.replies) return item;
  const { count, last_at, people } = item.replies;
  return { ...item, replies: { count, last_at, people } };
};

const words = (message: Pick<Message, "id" | "content" | "deleted"> | null | undefined) =>
  message && { id: message.id, content: message.content, deleted: message.deleted };

/** The marks that the server does not send with a room, and what only a list can bring up to date. */
export const visible = (state: AppState, { room, thread }: Place) => {
  const {
    read: _read,
    asOf: _asOf,
    counted: _counted,
    peopleAsOf: _peopleAsOf,
    // What the room is to the viewer alone has no screen yet.
    pending_requests: _pending,
    quiet: _quiet,
    my_mute: _mute,
    last_message,
    participants,
    ...card
  } = state.rooms.byId[room.id] ?? ({} as Partial<AppState["rooms"]["byId"][number]>);
  const {
    read: _mark,
    partner_read: _partner,
    // What it began with, and whether one may write: not shown yet.
    owner_preview: _began,
    can_write: _can,
    write_refusal: _refusal,
    asOf: _threadAsOf,
    counted: _unread,
    last_message: lastWhispered,
    ...privately
  } = state.threads.byId[thread.id] ?? ({} as Partial<AppState["threads"]["byId"][number]>);
  const items = state.messages.timelines[placeKey(roomPlace(room.id))]?.items ?? [];
  return {
    room: card,
    last: words(last_message),
    participants: participants?.toSorted((a, b) => a.id - b.id),
    timeline: items.map(shown),
    thread: { ...privately, last: words(lastWhispered) },
    logs: Object.fromEntries(Object.entries(state.logs).map(([key, log]) => [key, { ...log, head: log?.applied }])),
  };
};
