// From a socket's text to a handler and back: parse, count, dispatch; every refusal becomes an `error` frame.
import { type ClientFrame, clientFrameByType, Refusal, type ServerFrame, serverFrameByType } from "@homeroom/protocol";
import type { FrameHandlers, OwnFrame, SignedCall } from "../kit/call.ts";
import { logField, type LogRef, logRef } from "../kit/ports.ts";
import type { Scope } from "./connection.ts";
import { parseJson, parseWith } from "./json.ts";

/** What can be told of a frame before it is known to be right: enough to answer it. */
export interface Tags {
  ref?: string;
  client_id?: string;
}

const tag = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= 64 ? value : undefined;

/** Throws a `Refusal`; `tags` is filled as far as the text could be read. */
export const parseFrame = (text: string, tags: Tags): ClientFrame => {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal("bad_request", { detail: "A frame is one JSON object." });
  }
  const { type, ref, client_id } = value as Record<string, unknown>;
  Object.assign(tags, { ref: tag(ref), client_id: tag(client_id) });
  const schema = typeof type === "string" ? clientFrameByType.get(type) : undefined;
  // What is the server's to say is known, and no client's.
  if (!schema)
    throw new Refusal(typeof type === "string" && serverFrameByType.has(type) ? "forbidden" : "unknown_type");
  return parseWith(schema, value);
};

type FeatureFrame = Exclude<ClientFrame, { type: OwnFrame }>;

/** Which kind of log a frame is about, where only one will do. */
const KIND: Partial<Record<ClientFrame["type"], LogRef["kind"]>> = {
  chat_message: "room",
  kick_user: "room",
  private_message: "thread",
};

/** The log a frame names, or the one its socket is for. */
const logOf = (frame: FeatureFrame, scope: Scope): LogRef | null => {
  if (scope.kind === "lobby") throw new Refusal("not_a_member");
  const room = "room" in frame ? frame.room : undefined;
  const thread = "thread" in frame ? frame.thread : undefined;
  if (room !== undefined && thread !== undefined) throw missing("room", "Name a room or a thread, not both.");
  const named = room !== undefined ? logRef("room", room) : thread !== undefined ? logRef("thread", thread) : null;
  const kind = KIND[frame.type];
  if (!named) {
    if (scope.kind === "log" && (!kind || scope.log.kind === kind)) return scope.log;
    throw missing(kind ?? "room", "Is missing.");
  }
  const elsewhere = scope.kind === "log" && (scope.log.id !== named.id || scope.log.kind !== named.kind);
  if (elsewhere || (kind && named.kind !== kind)) throw missing(named.kind, "This socket is for something else.");
  return named;
};

const missing = (field: string, sentence: string) => new Refusal("bad_request", { fields: { [field]: [sentence] } });

/** Answers what goes back to this socket. Its own business is handled by the caller. */
export const dispatch = async (
  handlers: FrameHandlers,
  frame: FeatureFrame,
  scope: Scope,
  call: SignedCall,
): Promise<ServerFrame | null> => {
  const log = logOf(frame, scope);
  const handle = handlers[frame.type] as (
    f: typeof frame,
    l: LogRef | null,
    c: SignedCall,
  ) => Promise<ServerFrame | null>;
  return handle(frame, log, call);
};

/**
 * `stored: false` promises that the message will never appear. Where that is not known (the database did not answer;
 * a repeated client_id was shed before anybody looked whether the first copy was stored) it is null. It is true where
 * somebody who was removed asks for what they had sent before.
 */
export const errorFrame = (refusal: Refusal, tags: Tags, extra: { shed?: boolean; log?: LogRef } = {}): ServerFrame => {
  const { detail, code, fields, retry_after_ms, id, seq } = refusal.body;
  const unknown = refusal.key === "unavailable" || refusal.key === "internal" || (extra.shed && tags.client_id);
  return {
    type: "error",
    code,
    detail,
    ...(tags.client_id !== undefined && { client_id: tags.client_id }),
    ...(tags.ref !== undefined && { ref: tags.ref }),
    ...(fields && { fields }),
    ...(retry_after_ms !== undefined && { retry_after_ms }),
    ...(id !== undefined && { id }),
    ...(seq !== undefined && { seq }),
    ...(extra.log && logField(extra.log)),
    stored: seq !== undefined ? true : unknown ? null : false,
  };
};
