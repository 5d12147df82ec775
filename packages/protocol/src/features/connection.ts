// The socket itself: hello, resume, ping, errors; and what tells operators whether the server is well.
import { z } from "zod";
import { clientFrame, event } from "../kit/frame.ts";
import { operation } from "../kit/operation.ts";
import { Epoch, Id, Ref, Seq } from "../kit/primitives.ts";
import { UserCard } from "./accounts.ts";

const which = { room: Id.optional(), thread: Id.optional() };

export const resumeFrame = clientFrame({
  type: "resume",
  authz: "member",
  fields: {
    logs: z
      .array(z.strictObject({ ...which, epoch: Epoch.max(100), after: Seq }))
      .min(1)
      .max(1000),
  },
});
export const pingFrame = clientFrame({ type: "ping", authz: "user", fields: {} });

/** The first frame of a socket. A lobby socket, of somebody who waits to be let in, has no logs. */
export const hello = event({
  type: "hello",
  durable: false,
  audience: "socket",
  fields: {
    user: UserCard,
    heartbeat_ms: z.int(),
    limits: z.record(z.string(), z.number()),
    lobby: z.literal(true).optional(),
    logs: z.array(z.strictObject({ ...which, epoch: Epoch, head: Seq, read: Seq })),
  },
});
/** `stored: false`: it will never appear. `stored: null`: it is not known; repeat the same client_id. */
export const error = event({
  type: "error",
  durable: false,
  audience: "socket",
  fields: {
    code: z.string(),
    detail: z.string(),
    client_id: z.string().optional(),
    ref: Ref.optional(),
    fields: z.record(z.string(), z.array(z.string())).optional(),
    retry_after_ms: z.int().optional(),
    stored: z.boolean().nullable(),
    id: Id.optional(),
    seq: Seq.optional(),
    ...which,
  },
});
export const pong = event({ type: "pong", durable: false, audience: "socket", fields: { ref: Ref.optional() } });
export const resumed = event({
  type: "resumed",
  durable: false,
  audience: "socket",
  fields: { ...which, head: Seq, ref: Ref.optional() },
});
/** The client's place in the log means nothing any more: fetch afresh. */
export const reset = event({
  type: "reset",
  durable: false,
  audience: "socket",
  fields: { ...which, epoch: Epoch, head: Seq, ref: Ref.optional() },
});

const Part = z.strictObject({ ok: z.boolean(), detail: z.string().optional() });
export const healthz = operation({
  method: "get",
  path: "/healthz",
  authz: "anyone",
  summary: "The process is alive",
  responses: { 200: z.strictObject({ status: z.literal("ok") }) },
});
const Readiness = z.strictObject({
  ready: z.boolean(),
  durability: z.enum(["full", "relaxed"]),
  parts: z.record(z.string(), Part),
});
export const readyz = operation({
  method: "get",
  path: "/readyz",
  authz: "anyone",
  summary: "Ready to serve, with the reason where it is not",
  responses: { 200: Readiness, 503: Readiness },
});
