// Who calls, and through which door: what every handler is given beside its parsed input.
import type {
  Answer,
  ClientFrameOf,
  ClientFrame,
  Input,
  Operation,
  Operations,
  ServerFrame,
  UserCard,
} from "@homeroom/protocol";
import type { LogRef } from "./ports.ts";

export interface Caller {
  readonly user: UserCard;
  /** The session the token names. */
  readonly session: string;
}

/** What only an HTTP request has. */
export interface HttpDoor {
  readonly address: string;
  readonly isLoopback: boolean;
  readonly isSecure: boolean;
  readonly userAgent: string;
  /** Where this server is reached, as the request has it. */
  readonly origin: string;
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  /** An empty value removes the cookie. */
  setCookie(name: string, value: string, options: { path: string; maxAgeS: number }): void;
  /** Whether the Origin header, if there is one, may use cookies here. */
  readonly originAllowed: boolean;
}

export interface OpenCall {
  readonly caller: Caller | null;
  readonly http: HttpDoor;
}

export interface SignedCall {
  readonly caller: Caller;
  readonly http?: HttpDoor;
  /** The Idempotency-Key with the digest of what was asked under it. */
  readonly idempotency?: { key: string; digest: string };
  /** The socket that asked, where it was one. */
  readonly socket?: number;
}

export type Handler<O extends Operation> = (
  input: Input<O>,
  call: O["authz"] extends "anyone" ? OpenCall : SignedCall,
) => Promise<Answer<O>>;

export type Handlers = { [K in keyof Operations]: Handler<Operations[K]> };

/** A frame that was parsed, with the log it is about filled in from the socket where it was left out. */
export type FrameHandler<T extends ClientFrame["type"]> = (
  frame: ClientFrameOf<T>,
  log: LogRef | null,
  call: SignedCall,
) => Promise<ServerFrame | null>;

/** What is the socket's own business: no feature hears of it. */
export type OwnFrame = "resume" | "ping" | "presence";
export type FrameHandlers = { [T in Exclude<ClientFrame["type"], OwnFrame>]: FrameHandler<T> };

/** Tells who somebody is; the gateway asks it for every request and socket. */
export interface Doorman {
  /** Throws `token_invalid`, or `token_expired` for a well-signed one that is merely old. */
  identify(accessToken: string): Promise<Caller>;
  /**
   * To read while it is asked who calls: whom a token spoke for the last time, if it did, and whether it does `still`,
   * with the same card. Nothing may be told before that is known. What is read in the same turn travels with the
   * question. It never rejects: a database that does not answer has not said so.
   */
  recognise(accessToken: string): { caller: Caller; still: Promise<boolean> } | null;
  /** By the cookie that lets a page show files, and opens nothing else; null for none, or one that counts no more. */
  visitor(http: HttpDoor): Promise<Caller | null>;
  /** Single use. Throws `token_invalid`. */
  redeem(ticket: string): Promise<Caller>;
  /** Which of these sessions are over: ended, expired, or of a deactivated account. */
  ended(sessionIds: readonly string[]): Promise<string[]>;
}

/** A log somebody may follow, with where they stand in it. */
export interface OpenLog extends LogRef {
  readonly epoch: string;
  readonly head: number;
  readonly read: number;
}

export interface Replayed {
  readonly seq: number;
  readonly frame: ServerFrame;
}

/** What tells whether something that was read of the past would still be read so. */
export interface Stamp {
  readonly head: number;
  /** Everybody who is shown in it, as they are shown. */
  readonly cards: ReadonlyMap<number, string>;
}

/** What sockets ask of the features: who may follow what, and what happened there. */
export interface Directory {
  /** Everything the user belongs to now. */
  logsOf(userId: number): Promise<OpenLog[]>;
  /** Throws `not_found` or `not_a_member`; `"lobby"` for somebody whose request is pending. */
  enterRoom(user: UserCard, roomId: number): Promise<OpenLog | "lobby">;
  /** Throws `not_found`. */
  enterThread(user: UserCard, threadId: number): Promise<OpenLog>;
  /** Whether the user may hear the log now. */
  mayFollow(userId: number, log: LogRef): Promise<boolean>;
  /** The events after a seq with today's content, ascending, at most `limit`. */
  replay(log: LogRef, after: number, limit: number): Promise<Replayed[]>;
  /** The same, to be kept as long as its stamp holds; without a stamp, it is to be used once. */
  past(log: LogRef, after: number, limit: number): Promise<{ events: Replayed[]; stamp: Stamp | null }>;
  /** Whether all that would be read just the same now. */
  isPastStill(log: LogRef, stamp: Stamp): Promise<boolean>;
}
