// An HTTP request as handlers see it: where it comes from, its cookies, and its body within bounds.
import type { HttpBindings } from "@hono/node-server";
import { Refusal } from "@homeroom/protocol";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Config } from "../config.ts";
import type { HttpDoor } from "../kit/call.ts";
import { parseJson } from "./json.ts";

export type Env = { Bindings: HttpBindings; Variables: { requestId: string } };

export const MOST_BODY_BYTES = 256 * 1024;
/** For the whole of it. Who takes longer is no browser on a bad network, but somebody who holds lines open. */
const BODY_MS = 30_000;

/** What both doors need to know of a connection: HTTP requests and socket upgrades. */
export interface Arrival {
  remoteAddress: string | undefined;
  encrypted: boolean;
  header(name: string): string | undefined;
}

/** The client's address: the proxy's word for it only where a proxy is trusted. */
export const addressOf = (arrival: Arrival, config: Config): string => {
  const told = config.trustProxy ? arrival.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return told || arrival.remoteAddress || "unknown";
};

export const ownOrigin = (arrival: Arrival, config: Config): string => {
  if (config.publicUrl) return config.publicUrl;
  const told = config.trustProxy ? arrival.header("x-forwarded-proto")?.split(",").at(-1)?.trim() : undefined;
  const secure = told ? told === "https" : arrival.encrypted;
  return `${secure ? "https" : "http"}://${arrival.header("host") ?? "localhost"}`;
};

/** Whether a page of this origin may use Homeroom: its own host, PUBLIC_URL, or one of ALLOWED_ORIGINS. */
export const isAllowedOrigin = (origin: string, arrival: Arrival, config: Config): boolean => {
  if (!URL.canParse(origin)) return false;
  const { host, protocol, origin: normal } = new URL(origin);
  if (protocol !== "http:" && protocol !== "https:") return false;
  if (normal === config.publicUrl || config.allowedOrigins.includes(normal)) return true;
  return host === arrival.header("host")?.toLowerCase();
};

export const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address);

/** As Node read it: the same as one of the web's `Headers`, without making these for each request. */
export const headerOf = (c: Context<Env>, name: string): string | undefined => {
  const value = c.env.incoming.headers[name];
  return typeof value === "object" ? value.join(", ") : value;
};

export const arrivalOf = (c: Context<Env>): Arrival => {
  const socket = c.env.incoming.socket;
  return {
    remoteAddress: socket.remoteAddress,
    encrypted: "encrypted" in socket,
    header: (name) => headerOf(c, name),
  };
};

export const doorOf = (c: Context<Env>, config: Config): HttpDoor => {
  const arrival = arrivalOf(c);
  const address = addressOf(arrival, config);
  const origin = ownOrigin(arrival, config);
  const asked = arrival.header("origin");
  const isSecure = origin.startsWith("https:");
  return {
    address,
    isLoopback: isLoopback(address),
    isSecure,
    userAgent: arrival.header("user-agent") ?? "",
    origin,
    header: (name) => arrival.header(name),
    cookie: (name) => getCookie(c, name),
    setCookie: (name, value, { path, maxAgeS }) =>
      setCookie(c, name, value, { path, maxAge: maxAgeS, httpOnly: true, sameSite: "Strict", secure: isSecure }),
    originAllowed: asked !== undefined && isAllowedOrigin(asked, arrival, config),
  };
};

/** The JSON of the body, `undefined` for none. Throws `too_large`, `unsupported_media_type`, `bad_request`. */
export const readJsonBody = async (c: Context<Env>): Promise<unknown> => {
  const announced = Number(headerOf(c, "content-length") ?? 0);
  if (announced > MOST_BODY_BYTES) throw new Refusal("too_large", { limit: MOST_BODY_BYTES });
  const text = await readInTime(c);
  if (text === "") return undefined;
  const type = headerOf(c, "content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal("unsupported_media_type");
  return parseJson(text);
};

const readInTime = async (c: Context<Env>): Promise<string> => {
  let isLate = false;
  const patience = setTimeout(() => {
    isLate = true;
    c.env.incoming.destroy();
  }, BODY_MS);
  try {
    return await readText(c.req.raw);
  } catch (error) {
    throw isLate ? new Refusal("bad_request", { detail: "This came too slowly." }) : error;
  } finally {
    clearTimeout(patience);
  }
};

const readText = async (request: Request): Promise<string> => {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MOST_BODY_BYTES) throw new Refusal("too_large", { limit: MOST_BODY_BYTES });
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal("bad_request", { detail: "This is not UTF-8." });
  }
};
