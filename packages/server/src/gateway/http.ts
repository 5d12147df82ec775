// The HTTP door: every operation of the contract at its path, errors as JSON, safe headers, and the web client's files.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Operation, operations, Refusal } from "@homeroom/protocol";
import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import type { Handlers } from "../kit/call.ts";
import type { Logger } from "../kit/ports.ts";
import { type AnyHandler, type OperationDeps, operationServer } from "./operations.ts";
import { DOCS_STYLE, docsPage } from "./docs-page.ts";
import { fileHeaders } from "./send-file.ts";
import { arrivalOf, type Env, isAllowedOrigin } from "./request.ts";

export interface HttpDeps extends OperationDeps {
  handlers: Handlers;
  logger: Logger;
  /** The folder of the built web client. */
  webRoot: string;
  isDraining(): boolean;
}

export const httpApp = (deps: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>({ strict: false });
  app.use(requestLog(deps.logger));
  app.use(fileHeaders, safeHeaders());
  app.use("/api/*", privateAnswers, corsFor(deps));
  app.use("/api/*", (_, next) => {
    if (deps.isDraining()) throw new Refusal("unavailable", { retry_after_ms: 2_000 });
    return next();
  });
  serveOperations(app, deps);
  serveSchema(app);
  serveWebClient(app, deps.webRoot);
  app.notFound((c) => refuse(c, new Refusal("not_found")));
  app.onError((error, c) => refuse(c, asRefusal(error, c, deps.logger)));
  return app;
};

const serveOperations = (app: Hono<Env>, deps: HttpDeps): void => {
  const all = Object.entries(operations) as [keyof Handlers, Operation][];
  const byPath = Map.groupBy(all, ([, { path }]) => path.replaceAll(/\{(\w+)\}/g, ":$1").replace(/(?<=.)\/$/, ""));
  // Whole words before ids: what stands where an id could stand is not taken for one, whatever the method.
  const serve = operationServer(deps);
  const paths = [...byPath].toSorted(([a], [b]) => Number(a.includes(":")) - Number(b.includes(":")));
  for (const [path, some] of paths) {
    for (const [id, declared] of some) {
      app.on(declared.method.toUpperCase(), path, serve(declared, deps.handlers[id] as AnyHandler));
    }
    const allowed = some.map(([, { method }]) => method);
    app.all(path, (c) => methodNotAllowed(c, allowed));
  }
};

const methodNotAllowed = (c: Context<Env>, allowed: string[]) => {
  c.header("Allow", [...allowed.map((m) => m.toUpperCase()), ...(allowed.includes("get") ? ["HEAD"] : [])].join(", "));
  return refuse(c, new Refusal("method_not_allowed"));
};

const refuse = (c: Context<Env>, refusal: Refusal) => {
  if (refusal.extra.retry_after_ms !== undefined && [429, 503].includes(refusal.status)) {
    c.header("Retry-After", String(Math.ceil(refusal.extra.retry_after_ms / 1000)));
  }
  if (refusal.status === 401) c.header("WWW-Authenticate", "Bearer");
  return c.json(refusal.body, refusal.status as 400);
};

const asRefusal = (error: Error, c: Context<Env>, logger: Logger): Refusal => {
  if (error instanceof Refusal) return error;
  // Whoever hung up in the middle of a request reads no answer, and is no trouble of ours.
  if (c.req.raw.signal.aborted) return new Refusal("bad_request");
  logger.error({ err: error, request: c.get("requestId"), method: c.req.method, path: c.req.path }, "request failed");
  return new Refusal("internal");
};

/** Never the query: tokens and searches stand there. */
const requestLog = (logger: Logger) => async (c: Context<Env>, next: () => Promise<void>) => {
  const request = randomUUID();
  c.set("requestId", request);
  c.header("X-Request-Id", request);
  const start = performance.now();
  await next();
  const ms = Math.round(performance.now() - start);
  logger.debug({ request, method: c.req.method, path: c.req.path, status: c.res.status, ms }, "request");
};

/**
 * Somebody's data: for nobody's cache. Through `c.res`: a header that is set with `c.header` after the answer was made
 * turns its text into a stream, which costs more than most answers do.
 */
const privateAnswers = async (c: Context<Env>, next: () => Promise<void>) => {
  await next();
  c.res.headers.set("Cache-Control", "private, no-store");
  c.res.headers.set("Vary", "Authorization, Cookie, Origin");
};

const safeHeaders = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      // React sets style attributes through the DOM, which is not ruled by this; markup may bring none.
      imgSrc: ["'self'", "data:", "blob:"],
      // What was recorded is listened to before it is sent.
      mediaSrc: ["'self'", "blob:"],
      connectSrc: ["'self'", "ws:", "wss:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin",
    strictTransportSecurity: false,
  });

const EXPOSED = ["X-Request-Id", "Retry-After", "Content-Disposition", "Content-Range", "ETag"];

/** Other origins may call with a token; cookies never cross origins. */
const corsFor = ({ config }: HttpDeps) => {
  const isAllowed = (origin: string, c: Context<Env>) => isAllowedOrigin(origin, arrivalOf(c), config);
  const preflight = cors({
    origin: (origin, c) => (isAllowed(origin, c as Context<Env>) ? origin : null),
    allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "X-CSRF-Token", "Range", "If-Range"],
    exposeHeaders: EXPOSED,
    maxAge: 600,
  });
  const exposed = EXPOSED.join(",");
  return (c: Context<Env>, next: () => Promise<void>) => {
    if (c.req.method === "OPTIONS") return preflight(c, next);
    // Before there is an answer: what is set on it afterwards by `cors` has the answer made twice.
    const origin = c.req.header("origin");
    if (origin !== undefined && isAllowed(origin, c)) c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", exposed);
    return next();
  };
};

let schema: Promise<object> | undefined;
/** Made when somebody asks for it: few servers are ever asked. */
const openApi = (): Promise<object> => {
  schema ??= import("@homeroom/protocol/openapi.ts").then(({ openApiDocument }) => openApiDocument());
  return schema;
};

const serveSchema = (app: Hono<Env>): void => {
  app.get("/api/schema", async (c) => c.json(await openApi()));
  app.get("/api/docs", async (c) => c.html(await docsPage(await openApi(), "/api/docs/style.css")));
  app.get("/api/docs/style.css", (c) => c.body(DOCS_STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  for (const path of ["/api/schema", "/api/docs", "/api/docs/style.css"]) {
    app.all(path, (c) => methodNotAllowed(c, ["get"]));
  }
};

const serveWebClient = (app: Hono<Env>, webRoot: string): void => {
  const root = relative(process.cwd(), webRoot) || ".";
  app.use("/assets/*", compress(), async (c, next) => {
    await next();
    if (c.res.ok) c.header("Cache-Control", "public, max-age=31536000, immutable");
  });
  const files = serveStatic<Env>({ root });
  // Every file has an ending; a folder is none.
  app.get("*", (c, next) => (/\.\w+$/.test(c.req.path) && existsSync(webRoot) ? files(c, next) : next()));
  // Any other address that a person may have typed or kept is the client's to explain.
  app.get("*", async (c) => {
    const isPage = !/^\/(api|ws|assets)(\/|$)|\./.test(c.req.path);
    if (!isPage || !c.req.header("accept")?.includes("text/html")) throw new Refusal("not_found");
    const page = await readFile(join(webRoot, "index.html"), "utf8").catch(() => null);
    if (!page) return c.text("The web client is not built. Run: npm start", 503);
    c.header("Cache-Control", "no-cache");
    return c.html(page);
  });
};
