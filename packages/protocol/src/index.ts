// The register: every operation, client frame and event that Homeroom knows. One line per feature.
import type { z } from "zod";
import * as accounts from "./features/accounts.ts";
import * as attachments from "./features/attachments.ts";
import * as connection from "./features/connection.ts";
import * as joinRequests from "./features/join-requests.ts";
import * as live from "./features/live.ts";
import * as messages from "./features/messages.ts";
import * as myRoom from "./features/my-room.ts";
import * as pins from "./features/pins.ts";
import * as privateThreads from "./features/private-threads.ts";
import * as reactions from "./features/reactions.ts";
import * as rooms from "./features/rooms.ts";
import * as search from "./features/search.ts";
import type { Operation } from "./kit/operation.ts";

export * from "./kit/authz.ts";
export * from "./kit/close-codes.ts";
export * from "./kit/errors.ts";
export { answersWithFile, FILE } from "./kit/operation.ts";
export type { Answer, Call, FileBody, Input, Method, Operation, ReceivedFile, Result } from "./kit/operation.ts";
export * from "./kit/sizes.ts";
export type { Invite, Me, Role, Session, SetupState, UserCard } from "./features/accounts.ts";
export type { Attachment, AttachmentKind } from "./features/attachments.ts";
export type { PresenceState } from "./features/live.ts";
export type { Draft, Message, PrivateMessage, Reaction, Replies, TimelineItem } from "./features/messages.ts";
export type { PrivateThread } from "./features/private-threads.ts";
export type {
  JoinRequest,
  Participant,
  Room,
  RoomCard,
  RoomDetails,
  RoomRole,
  RoomWithParticipants,
} from "./features/rooms.ts";

const all = {
  ...accounts,
  ...attachments,
  ...connection,
  ...joinRequests,
  ...live,
  ...messages,
  ...myRoom,
  ...pins,
  ...privateThreads,
  ...reactions,
  ...rooms,
  ...search,
};

type All = typeof all;
type Keep<T> = { [K in keyof All as All[K] extends T ? K : never]: All[K] };
type AnyClientFrame = { type: string; authz: string; schema: z.ZodType };
type AnyEvent = { type: string; durable: boolean; schema: z.ZodType };

const pick = <T>(test: (value: object) => boolean): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === "object" && test(value))) as T;

/** Operation id → declaration. */
export type Operations = Keep<Operation>;
export const operations = pick<Operations>((v) => "method" in v && "path" in v);

export type ClientFrames = Keep<AnyClientFrame>;
export const clientFrames = pick<ClientFrames>((v) => "authz" in v && "schema" in v);
/** Any frame a client may send, as the server sees it after parsing. */
export type ClientFrame = z.output<ClientFrames[keyof ClientFrames]["schema"]>;
/** Any frame as a client writes it. */
export type ClientFrameInput = z.input<ClientFrames[keyof ClientFrames]["schema"]>;
export type ClientFrameOf<T extends ClientFrame["type"]> = Extract<ClientFrame, { type: T }>;

export type Events = Keep<AnyEvent>;
export const events = pick<Events>((v) => "durable" in v && "schema" in v);
/** Any frame the server may send. */
export type ServerFrame = z.output<Events[keyof Events]["schema"]>;
export type ServerFrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
type DurableKeys = { [K in keyof Events]: Events[K]["durable"] extends true ? K : never }[keyof Events];
/** The frames that are rows of a log. */
export type DurableFrame = z.output<Events[DurableKeys]["schema"]>;

const frameSchemas = Object.values(clientFrames).map((f) => f.schema);
/** What a socket's text is parsed with, by `type`. */
export const clientFrameByType: ReadonlyMap<string, z.ZodType<ClientFrame>> = new Map(
  Object.values(clientFrames).map((f, i) => [f.type, frameSchemas[i] as unknown as z.ZodType<ClientFrame>]),
);
export const serverFrameByType: ReadonlyMap<string, z.ZodType<ServerFrame>> = new Map(
  Object.values(events).map((e) => [e.type, e.schema as unknown as z.ZodType<ServerFrame>]),
);
