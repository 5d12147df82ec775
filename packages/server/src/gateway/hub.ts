// The hub: takes committed effects to sockets. Encodes once; the rotation says who is written to when. Knows who follows
// what; knows no rule of who may.
import { CLOSE, type ServerFrame } from "@homeroom/protocol";
import type { OpenLog } from "../kit/call.ts";
import { type Effect, type Fanout, logField, type Logger, type LogRef } from "../kit/ports.ts";
import { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { encode } from "./encode.ts";
import { helloFrame } from "./hello.ts";
import { Lately } from "./lately.ts";
import { Rotation } from "./rotation.ts";

const CATCH_UP_PAGE = 500;

type Replay = (log: LogRef, after: number, limit: number) => Promise<{ seq: number; frame: ServerFrame }[]>;

export class Hub implements Fanout {
  readonly connections = new Set<Connection>();
  readonly #channels = new Map<number, Channel>();
  /** The newest event announced of each log, also of those that nobody follows. */
  readonly #heads = new Map<number, number>();
  /** Most have one: a list of one is small, and who comes or goes makes a new one. */
  readonly #byUser = new Map<number, readonly Connection[]>();
  readonly #rotation = new Rotation();
  readonly #ended = new Lately();
  /** Frames that somebody still holds. */
  readonly #encoded = new WeakMap<ServerFrame, Buffer>();
  readonly #replay: Replay;
  readonly #logger: Logger;
  /** Told of every socket that follows a log which it did not follow when it came. */
  onEnter: (connection: Connection, logId: number) => void = () => {};

  constructor(replay: Replay, logger: Logger) {
    this.#replay = replay;
    this.#logger = logger;
  }

  // ── sockets come and go ──

  add(connection: Connection): void {
    this.connections.add(connection);
    const userId = connection.caller.user.id;
    this.#byUser.set(userId, [...this.ofUser(userId), connection]);
  }

  remove(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    connection.followed = [...connection.subscriptions.keys()];
    const userId = connection.caller.user.id;
    const others = this.ofUser(userId).filter((other) => other !== connection);
    if (others.length > 0) this.#byUser.set(userId, others);
    else this.#byUser.delete(userId);
    for (const { channel } of [...connection.subscriptions.values()]) this.unfollow(channel, connection);
  }

  /** Whether the session ended a moment ago: a socket that was let in meanwhile must not stay. */
  hasEnded(session: string): boolean {
    return this.#ended.has(session);
  }

  ofUser(userId: number): readonly Connection[] {
    return this.#byUser.get(userId) ?? [];
  }

  isOnline(userId: number): boolean {
    return this.#byUser.has(userId);
  }

  /**
   * Follows a log from where it is now: in a busy room that is later than it was read. Answers from which seq on, or
   * null where it moved since then before anybody followed it here: whether the user may still follow it must then be
   * asked again. What was handed on here has made the socket stale where it removed its user.
   */
  follow(connection: Connection, log: OpenLog): number | null {
    let channel = this.#channels.get(log.id);
    if (!channel) {
      // Announced while this was being read, when nobody followed: it must not be skipped.
      if ((this.#heads.get(log.id) ?? 0) > log.head) return null;
      channel = new Channel(log, log.epoch, log.head);
      this.#channels.set(log.id, channel);
    }
    // Somebody read it later and came first. What lies between was handed to nobody, and may be announced yet.
    if (log.head < channel.start) return null;
    const from = Math.max(log.head, channel.cursor);
    channel.follow(connection, from);
    return from;
  }

  channel(logId: number): Channel | undefined {
    return this.#channels.get(logId);
  }

  unfollow(channel: Channel, connection: Connection): void {
    channel.unfollow(connection);
    if (channel.subscriptions.length > 0) return;
    if (this.#channels.get(channel.log.id) === channel) this.#channels.delete(channel.log.id);
  }

  // ── effects ──

  publish(effects: readonly Effect[]): void {
    for (const effect of effects) {
      try {
        this.#carryOut(effect);
      } catch (error) {
        this.#logger.error({ err: error, effect: effect.do }, "an effect failed");
      }
    }
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case "deliver":
        return this.#deliver(effect.log, effect.seq, effect.frame);
      case "enter":
        return this.#enter(effect);
      case "leave":
        return this.#leave(effect);
      case "close":
        return this.#closeLog(effect.log, effect.code);
      case "tell":
        return this.#tell(effect);
      case "end-sessions": {
        const ended = new Set(effect.sessionIds);
        this.#ended.remember(ended);
        for (const c of this.connections)
          if (ended.has(c.caller.session)) c.close(CLOSE.UNAUTHENTICATED, "session_ended");
        return;
      }
      case "user-changed":
        return this.#renamed(effect);
    }
  }

  #deliver(log: LogRef, seq: number, frame: ServerFrame): void {
    this.#heads.set(log.id, Math.max(seq, this.#heads.get(log.id) ?? 0));
    const channel = this.#channels.get(log.id);
    if (!channel || seq <= channel.cursor) return;
    if (seq === channel.cursor + 1 && !channel.catchingUp) return this.#push(channel, seq, frame);
    // Two commits may be announced in the wrong order; the database has them in the right one.
    channel.heard = Math.max(channel.heard, seq);
    if (!channel.catchingUp) void this.#catchUp(channel);
  }

  async #catchUp(channel: Channel): Promise<void> {
    channel.catchingUp = true;
    try {
      while (channel.cursor < channel.heard && this.#channels.get(channel.log.id) === channel) {
        const events = await this.#replay(channel.log, channel.cursor, CATCH_UP_PAGE);
        for (const { seq, frame } of events) this.#push(channel, seq, frame);
        if (events.length === 0) throw new Error(`log ${channel.log.id} has no event after ${channel.cursor}`);
      }
    } catch (error) {
      this.#logger.error({ err: error, ...logField(channel.log) }, "could not catch up with a log");
      // Never skip in silence: they reconnect and resume.
      for (const { connection } of channel.subscriptions) connection.close(CLOSE.OVERLOADED, "try_again");
    } finally {
      channel.catchingUp = false;
    }
  }

  #push(channel: Channel, seq: number, frame: ServerFrame): void {
    // The row itself is the fence: whoever it removes hears nothing from here on, however it reached this process.
    if (frame.type === "user_left") this.#fence(channel, seq, frame.user.id);
    channel.push(seq, encode(frame));
    this.#rotation.stir(channel);
  }

  #fence(channel: Channel, seq: number, userId: number): void {
    for (const connection of this.ofUser(userId)) {
      if (connection.opening) connection.stale = true;
      const subscription = connection.subscriptions.get(channel.log.id);
      if (!subscription || subscription.since >= seq) continue;
      if (!connection.opening) connection.finish();
      channel.unfollow(connection);
    }
  }

  #enter({ log, epoch, seq, userId }: Extract<Effect, { do: "enter" }>): void {
    for (const connection of this.ofUser(userId)) {
      if (connection.opening) connection.stale = true;
      const { scope } = connection;
      const followed = connection.subscriptions.get(log.id);
      // From before they were removed, which is announced later: the client comes back and resumes.
      if (followed && followed.since < seq) connection.close(CLOSE.OVERLOADED, "try_again");
      if (connection.opening || followed) continue;
      if (scope.kind !== "user" && scope.log.id !== log.id) continue;
      // A channel that is behind this very event catches up by itself; this socket starts after it.
      const channel = this.#channels.get(log.id) ?? new Channel(log, epoch, seq);
      this.#channels.set(log.id, channel);
      // It was announced out of order: what came after it went by already. The client comes back and resumes.
      if (channel.cursor > seq) {
        connection.close(CLOSE.OVERLOADED, "try_again");
        continue;
      }
      channel.follow(connection, seq);
      channel.heard = Math.max(channel.heard, this.#heads.get(log.id) ?? 0);
      if (channel.heard > channel.cursor && !channel.catchingUp) void this.#catchUp(channel);
      if (scope.kind === "lobby") {
        connection.scope = { kind: "log", log };
        connection.send(helloFrame(connection.caller.user, [{ ...log, epoch, head: seq, read: seq }]));
      }
      this.onEnter(connection, log.id);
    }
  }

  #leave({ log, seq, userId, farewell, reason = "left" }: Extract<Effect, { do: "leave" }>): void {
    const channel = this.#channels.get(log.id);
    for (const connection of this.ofUser(userId)) {
      const subscription = connection.subscriptions.get(log.id);
      // Who came back meanwhile follows from after this event.
      if (subscription && subscription.since >= seq) continue;
      // It asks again, and is told then.
      if (connection.opening) {
        connection.stale = true;
        if (channel) this.unfollow(channel, connection);
        continue;
      }
      connection.finish();
      if (channel) this.unfollow(channel, connection);
      const onlyThis = connection.scope.kind !== "user" && connection.scope.log.id === log.id;
      if (farewell && (onlyThis || connection.scope.kind === "user")) connection.send(farewell);
      if (onlyThis) connection.close(CLOSE.NOT_A_MEMBER, farewell?.type === "kick_user" ? "kicked" : reason);
    }
  }

  #closeLog(log: LogRef, code: Extract<Effect, { do: "close" }>["code"]): void {
    const channel = this.#channels.get(log.id);
    for (const connection of [...this.connections]) {
      if (connection.opening) connection.stale = true;
      if (channel && connection.subscriptions.has(log.id)) {
        if (!connection.opening) connection.finish();
        this.unfollow(channel, connection);
      }
      if (connection.scope.kind !== "user" && connection.scope.log.id === log.id) connection.close(code, "deleted");
    }
  }

  #tell({ userIds, log, frame, exceptSocket }: Extract<Effect, { do: "tell" }>): void {
    const hears = ({ id, scope, opening }: Connection) =>
      id !== exceptSocket && !opening && (scope.kind === "user" || (log !== undefined && scope.log.id === log.id));
    const listeners = userIds.flatMap((userId) => this.ofUser(userId).filter(hears));
    this.sendAll(listeners, [frame]);
  }

  /** Each socket hears it once, in however many logs it meets them. */
  #renamed({ user, logIds }: Extract<Effect, { do: "user-changed" }>): void {
    const listeners = new Set<Connection>();
    for (const c of this.ofUser(user.id)) {
      c.caller = { ...c.caller, user };
      // In a lobby one hears only whether one is let in.
      if (!c.opening && c.scope.kind !== "lobby") listeners.add(c);
    }
    for (const id of logIds) {
      for (const { connection } of this.#channels.get(id)?.subscriptions ?? []) listeners.add(connection);
    }
    this.sendAll(listeners, [{ type: "user_changed", user }]);
  }

  whisper(log: LogRef, frame: ServerFrame, exceptUser: number): void {
    const followers = (this.#channels.get(log.id)?.subscriptions ?? []).map(({ connection }) => connection);
    this.sendAll(
      followers.filter(({ caller }) => caller.user.id !== exceptUser),
      [frame],
    );
  }

  // ── frames for single sockets ──

  /** A frame for one socket, after everything that happened before. What is sent to many is encoded once. */
  send(connection: Connection, frame: ServerFrame): void {
    this.#queue(connection, this.#bytesOf(frame));
  }

  /** The same to each of them, as one piece. */
  sendAll(connections: Iterable<Connection>, frames: readonly ServerFrame[]): void {
    const bytes = Buffer.concat(frames.map((frame) => this.#bytesOf(frame)));
    for (const connection of connections) this.#queue(connection, bytes, frames.length);
  }

  #bytesOf(frame: ServerFrame): Buffer {
    const bytes = this.#encoded.get(frame) ?? encode(frame);
    this.#encoded.set(frame, bytes);
    return bytes;
  }

  /** The answer to what this socket sent: it goes first, with what is there for it, so that it may send on. */
  answer(connection: Connection, frame: ServerFrame): void {
    connection.queueFrame(frame);
    this.#rotation.first(connection);
  }

  #queue(connection: Connection, bytes: Buffer, events = 1): void {
    connection.gather();
    connection.queue(bytes, events);
    this.#rotation.later(connection);
  }
}
