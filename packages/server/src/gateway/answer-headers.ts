// The headers of all answers. They are set on Node's own response before an answer is made: the web's `Headers` cost many
// times as much, and an answer that has a header of its own by the same name still goes before it.
import { randomUUID } from "node:crypto";
import { Refusal } from "@homeroom/protocol";
import type { MiddlewareHandler } from "hono";
import type { Config } from "../config.ts";
import type { Logger } from "../kit/ports.ts";
import { arrivalOf, type Env, isAllowedOrigin } from "./request.ts";

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  // React sets style attributes through the DOM, which is not ruled by this; markup may bring none.
  "img-src 'self' data: blob:",
  // What was recorded is listened to before it is sent.
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const SAFE = Object.entries({
  "Content-Security-Policy": POLICY,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-DNS-Prefetch-Control": "off",
  "X-Download-Options": "noopen",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
  "X-XSS-Protection": "0",
});

/** Somebody's data: for nobody's cache. */
const PRIVATE = Object.entries({
  "Cache-Control": "private, no-store",
  Vary: "Authorization, Cookie, Origin",
  "Access-Control-Expose-Headers": "X-Request-Id,Retry-After,Content-Disposition,Content-Range,ETag",
});

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "GET,POST,PUT,PATCH,DELETE",
  "Access-Control-Allow-Headers": "Authorization,Content-Type,Idempotency-Key,X-CSRF-Token,Range,If-Range",
  "Access-Control-Max-Age": "600",
};

/** Of every answer. What was asked is logged without its query: tokens and searches stand there. */
export const safeAnswers =
  (logger: Logger): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { outgoing } = c.env;
    for (const [name, value] of SAFE) outgoing.setHeader(name, value);
    const request = randomUUID();
    c.set("requestId", request);
    outgoing.setHeader("X-Request-Id", request);
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    logger.debug({ request, method: c.req.method, path: c.req.path, status: c.res.status, ms }, "request");
  };

/** Of answers of the API, while there are any. Other origins may call with a token; cookies never cross origins. */
export const privateAnswers =
  (deps: { config: Config; isDraining(): boolean }): MiddlewareHandler<Env> =>
  (c, next) => {
    const { incoming, outgoing } = c.env;
    for (const [name, value] of PRIVATE) outgoing.setHeader(name, value);
    const { origin } = incoming.headers;
    if (origin !== undefined && isAllowedOrigin(origin, arrivalOf(c), deps.config)) {
      outgoing.setHeader("Access-Control-Allow-Origin", origin);
    }
    if (c.req.method === "OPTIONS") return Promise.resolve(c.body(null, 204, PREFLIGHT));
    if (deps.isDraining()) throw new Refusal("unavailable", { retry_after_ms: 2_000 });
    return next();
  };
