// The HTTP door: every operation of the contract at its path, errors as JSON, safe headers, and the web client's files.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Operation, operations, Refusal } from "@homeroom/protocol";
import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import type { Handlers } from "../kit/call.ts";
import type { Logger } from "../kit/ports.ts";
import { privateAnswers, safeAnswers } from "./answer-headers.ts";
import { type AnyHandler, type OperationDeps, operationServer } from "./operations.ts";
import { DOCS_STYLE, docsPage } from "./docs-page.ts";
import type { Env } from "./request.ts";

export interface HttpDeps extends OperationDeps {
  handlers: Handlers;
  logger: Logger;
  /** The folder of the built web client. */
  webRoot: string;
  isDraining(): boolean;
}

export const httpApp = (deps: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>({ strict: false });
  app.use(safeAnswers(deps.logger));
  app.use("/api/*", privateAnswers(deps));
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
