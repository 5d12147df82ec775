// What somebody sees of a room or a private thread, by two ways: fetched, and folded from events onto what was fetched
// before. The fold shares no code with server or client; it keeps all messages and counts everything anew.
import type {
  Attachment,
  DurableFrame,
  Message,
  Participant,
  PrivateMessage,
  PrivateThread,
  Replies,
  Room,
  RoomWithParticipants,
  ServerFrame,
  UserCard,
} from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import type { Classroom, Person } from "./school.ts";
import { isDurable } from "./socket.ts";

type AnyMessage = Message | PrivateMessage;
interface Page<T> {
  results: T[];
  next: string | null;
}

/** All of a list, however many pages it has. */
export const allPages = async <T>(who: Person, path: string): Promise<T[]> => {
  const found: T[] = [];
  for (let at: string | null = path; at; ) {
    const page: Page<T> = await who.ask("GET", at);
    found.push(...page.results);
    const next = page.next ? new URL(page.next) : null;
    at = next && next.pathname + next.search;
  }
  return found;
};

export interface RoomView {
  room: Room;
  participants: Participant[];
  timeline: Message[];
  threads: Record<number, Message[]>;
  /** Pinned messages by id, the newest pin first. */
  pins: number[];
}

const byId = <T extends { id: number }>(some: readonly T[]): T[] => some.toSorted((a, b) => a.id - b.id);
const isInTimeline = (m: AnyMessage) => m.thread_root === null || m.also_in_room;

export const fetchRoom = async (who: Person, { path }: Classroom): Promise<RoomView | null> => {
  const answer = await who.call<RoomWithParticipants>("GET", path);
  if (answer.status === 404) return null;
  const { participants, ...room } = answer.body;
  const timeline = await allPages<Message>(who, `${path}messages/?after=0&limit=100`);
  const repliesOf = (id: number) => allPages<Message>(who, `/api/chat/messages/${id}/thread/?after=0&limit=100`);
  const roots = timeline.filter((m) => m.replies);
  const threads = await Promise.all(roots.map(async ({ id }) => [id, await repliesOf(id)] as const));
  const pins = (await allPages<Message>(who, `${path}pins/`)).map(({ id }) => id);
  return { room, participants: byId(participants), timeline, threads: Object.fromEntries(threads), pins };
};

const EXCERPT = 140;
const excerpt = ({ content, attachments, deleted }: AnyMessage) => {
  if (deleted) return "";
  const line = content.replaceAll(/\s+/g, " ") || fileWords(attachments);
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1)}…`;
};

/** Messages by id, with the quotes of each kept up to date. */
class Pile<M extends AnyMessage> {
  readonly #all = new Map<number, M>();

  put(message: M): void {
    // How a root's thread stands is counted here, whatever an event says of it.
    this.#all.set(message.id, { ...message, replies: null });
    this.requote(message);
  }

  /** Also for a message of the room that is quoted in a private thread. */
  requote(message: AnyMessage): void {
    for (const m of this.#all.values()) {
      if (m.reply_preview?.id !== message.id) continue;
      m.reply_preview = { ...m.reply_preview, excerpt: excerpt(message), deleted: message.deleted };
    }
  }

  change(id: number, change: Partial<Pick<AnyMessage, "reactions" | "pinned">>): void {
    const message = this.#all.get(id);
    if (message) this.#all.set(id, { ...message, ...change });
  }

  /** A file of a message that stands. */
  replace(id: number, file: Attachment): void {
    const message = this.#all.get(id);
    if (!message) return;
    const attachments = message.attachments.map((one) => (one.id === file.id ? file : one));
    this.#all.set(id, { ...message, attachments });
  }

  find = (id: number): M | undefined => this.#all.get(id);
  list = (): M[] => [...this.#all.values()].toSorted((a, b) => a.seq - b.seq);
  unread = (me: UserCard, read: number): M[] =>
    this.list().filter((m) => m.sender.id !== me.id && !m.deleted && m.seq > read);
}

/** How I stand to one thread of replies. */
interface Follow {
  following: boolean;
  mark: number;
}

export class RoomFold {
  readonly #me: UserCard;
  readonly #messages = new Pile<Message>();
  readonly #follows = new Map<number, Follow>();
  #room: Room | null;
  #people: Participant[];
  #read: number;
  #pins: number[];

  constructor(me: UserCard, { room, participants, timeline, threads, pins }: RoomView, read: number) {
    this.#me = me;
    this.#room = room;
    this.#people = participants;
    this.#pins = pins;
    this.#read = read;
    for (const message of [...timeline, ...Object.values(threads).flat()]) this.#messages.put(message);
    for (const { id, replies } of timeline) if (replies?.following) this.#know(id, replies);
  }

  #know(root: number, { unread_count }: Replies): void {
    const replies = this.#repliesOf(root).filter((m) => m.sender.id !== this.#me.id && !m.deleted);
    const firstUnread = replies.at(-(unread_count ?? 0));
    this.#follows.set(root, { following: true, mark: unread_count && firstUnread ? firstUnread.seq - 1 : Infinity });
  }

  apply(frame: ServerFrame): void {
    const room = this.#room;
    if (room && "request" in frame && frame.request.room === room.id) this.#count(room, frame.type);
    if (!room || !("room" in frame) || frame.room !== room.id) return;
    if (frame.type === "read" && frame.user.id === this.#me.id) this.#read = frame.seq;
    else if (frame.type === "my_room_changed") {
      const { type: _type, room: _room, ...own } = frame;
      this.#room = { ...room, ...own };
    } else if (isDurable(frame)) this.#room = this.#change(room, frame);
  }

  /** Only who leads the room hears of these. */
  #count(room: Room, type: ServerFrame["type"]): void {
    const change = { join_request: 1, join_request_decided: -1, join_request_withdrawn: -1 }[type as string] ?? 0;
    if (room.pending_requests === null) return;
    this.#room = { ...room, pending_requests: room.pending_requests + change };
  }

  /** What there is to say of me beyond that comes after it, to my own sockets alone. */
  #isNow(room: Room, { room_role, muted_until }: Pick<Participant, "room_role" | "muted_until">): Room {
    const known = room.my_mute?.until === muted_until ? room.my_mute : null;
    return {
      ...room,
      pending_requests: room_role === "member" ? null : (room.pending_requests ?? 0),
      my_mute: muted_until === null ? null : (known ?? { until: muted_until, reason: "" }),
    };
  }

  #change(room: Room, frame: DurableFrame): Room | null {
    const next = { ...room, last_seq: frame.seq };
    switch (frame.type) {
      case "chat_message":
        this.#messages.put(frame.message);
        this.#follow(frame.message);
        return next;
      case "message_deleted":
        this.#pins = this.#pins.filter((id) => id !== frame.message.id);
        this.#messages.put(frame.message as Message);
        return next;
      case "message_edited":
        this.#messages.put(frame.message as Message);
        return next;
      case "reaction_changed":
        this.#messages.change(frame.message_id, { reactions: frame.reactions });
        return next;
      case "attachment_updated":
        this.#messages.replace(frame.message_id, frame.attachment);
        return next;
      case "pins_changed": {
        const { message_id, pinned } = frame;
        const others = this.#pins.filter((id) => id !== message_id);
        this.#pins = pinned ? [message_id, ...others] : others;
        this.#messages.change(message_id, { pinned });
        return next;
      }
      case "user_joined":
        this.#people = byId([...this.#people, { ...frame.user, room_role: "member", muted_until: null }]);
        return next;
      case "user_left":
        this.#people = this.#people.filter((p) => p.id !== frame.user.id);
        return frame.user.id === this.#me.id ? null : next;
      case "member_updated": {
        const { user, room_role, muted_until } = frame;
        this.#people = this.#people.map((p) => (p.id === user.id ? { ...user, room_role, muted_until } : p));
        return user.id === this.#me.id ? this.#isNow(next, frame) : next;
      }
      case "room_updated": {
        const { my_role: _role, join_request: _request, ...details } = frame.details;
        return { ...next, ...details };
      }
      case "room_deleted":
        return null;
      default:
        return room;
    }
  }

  /** Whoever writes in a thread follows it, and so does who began it. */
  #follow({ thread_root, sender, seq }: Message): void {
    const root = thread_root === null ? undefined : this.#messages.find(thread_root);
    if (!root || this.#follows.has(root.id)) return;
    if (sender.id === this.#me.id) this.#follows.set(root.id, { following: true, mark: seq });
    else if (root.sender.id === this.#me.id) this.#follows.set(root.id, { following: true, mark: root.seq });
  }

  #repliesOf = (root: number) => this.#messages.list().filter((m) => m.thread_root === root);

  #withReplies = (message: Message): Message => {
    const replies = this.#repliesOf(message.id);
    if (replies.length === 0) return message;
    const follow = this.#follows.get(message.id);
    const standing = replies.filter((m) => !m.deleted);
    const news = standing.filter((m) => follow?.following && m.sender.id !== this.#me.id && m.seq > follow.mark);
    const people = new Map(replies.map((m) => [m.sender.id, m.sender]));
    const last_at =
      replies
        .map((m) => m.created_at)
        .toSorted()
        .at(-1) ?? null;
    const following = follow?.following ?? false;
    const counts = { count: standing.length, last_at, people: [...people.values()] };
    return { ...message, replies: { ...counts, unread_count: news.length, following } };
  };

  view(): RoomView | null {
    if (!this.#room) return null;
    const all = this.#messages.list();
    const timeline = all.filter(isInTimeline).map(this.#withReplies);
    const unread = this.#messages.unread(this.#me, this.#read);
    const mentions = unread.filter((m) => m.content.split(/[^\w@-]+/).includes(`@${this.#me.username}`));
    const me = this.#people.find((p) => p.id === this.#me.id);
    const room: Room = {
      ...this.#room,
      my_role: me?.room_role ?? null,
      participant_count: this.#people.length,
      unread_count: unread.filter(isInTimeline).length,
      mention_count: mentions.length,
      last_message: timeline.at(-1) ?? null,
    };
    const roots = timeline.filter((m) => m.replies);
    const threads = Object.fromEntries(roots.map((m) => [m.id, this.#repliesOf(m.id)]));
    return { room, participants: this.#people, timeline, threads, pins: this.#pins };
  }
}

export interface ThreadView {
  thread: PrivateThread;
  messages: PrivateMessage[];
}

export const fetchThread = async (who: Person, id: number): Promise<ThreadView | null> => {
  const path = `/api/chat/private-threads/${id}/`;
  const answer = await who.call<PrivateThread>("GET", path);
  if (answer.status === 404) return null;
  return { thread: answer.body, messages: await allPages(who, `${path}messages/?after=0&limit=100`) };
};

export class ThreadFold {
  readonly #me: UserCard;
  readonly #messages = new Pile<PrivateMessage>();
  #thread: PrivateThread;
  #read: number;

  constructor(me: UserCard, { thread, messages }: ThreadView, read: number) {
    this.#me = me;
    this.#thread = thread;
    this.#read = read;
    for (const message of messages) this.#messages.put(message);
  }

  apply(frame: ServerFrame): void {
    if ("room" in frame && (frame.type === "message_edited" || frame.type === "message_deleted")) {
      this.#requote(frame.message);
    }
    if (!("thread" in frame) || frame.thread !== this.#thread.id) return;
    if (frame.type === "read") this.#hasRead(frame.user.id, frame.seq);
    if (!isDurable(frame)) return;
    this.#thread = { ...this.#thread, last_seq: frame.seq };
    if (frame.type === "thread_updated") {
      const { is_active } = frame;
      const write_refusal = is_active ? null : "thread_inactive";
      this.#thread = { ...this.#thread, is_active, can_write: is_active, write_refusal };
    } else if (frame.type === "reaction_changed")
      this.#messages.change(frame.message_id, { reactions: frame.reactions });
    else if (frame.type === "attachment_updated") this.#messages.replace(frame.message_id, frame.attachment);
    else if ("message" in frame) this.#messages.put(frame.message as PrivateMessage);
  }

  #hasRead(userId: number, seq: number): void {
    if (userId === this.#me.id) this.#read = seq;
    else this.#thread = { ...this.#thread, partner_read: Math.max(this.#thread.partner_read ?? 0, seq) };
  }

  #requote(message: AnyMessage): void {
    this.#messages.requote(message);
    const { owner_preview } = this.#thread;
    if (owner_preview?.id !== message.id) return;
    const now = { ...owner_preview, excerpt: excerpt(message), deleted: message.deleted };
    this.#thread = { ...this.#thread, owner_preview: now };
  }

  view(): ThreadView {
    const messages = this.#messages.list();
    const unread_count = this.#messages.unread(this.#me, this.#read).length;
    return { thread: { ...this.#thread, unread_count, last_message: messages.at(-1) ?? null }, messages };
  }
}
