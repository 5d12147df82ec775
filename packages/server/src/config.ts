// Environment → typed configuration, checked once at start, with a sentence for whatever is wrong.
import { resolve } from "node:path";

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  /** With the secret in it: for the adapter alone, and for no log. */
  s3Url: string | null;
  clamavUrl: string | null;
  jwtSecret: string | null;
  publicUrl: string | null;
  allowedOrigins: readonly string[];
  trustProxy: boolean;
  registration: "open" | "invite" | "closed";
  privateThreads: "off" | "staff" | "supervised" | "open";
  limits: boolean;
  durability: "full" | "relaxed";
  logLevel: string;
  production: boolean;
}

/** What is wrong with the configuration: which variable, why, and what is allowed. */
export class ConfigError extends Error {}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

type Env = Readonly<Record<string, string | undefined>>;

const oneOf = <T extends string>(env: Env, name: string, allowed: readonly T[], fallback: T): T => {
  const value = env[name]?.trim() || fallback;
  const found = allowed.find((a) => a === value);
  if (!found) throw new ConfigError(`${name} is "${value}", but must be one of: ${allowed.join(", ")}.`);
  return found;
};

const url = (name: string, value: string, protocols: readonly string[]): URL => {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new ConfigError(`${name} is not a URL that starts with ${protocols.map((p) => `${p}//`).join(" or ")}.`);
  }
  return parsed;
};

const port = (env: Env): number => {
  const value = env["PORT"]?.trim() || "8000";
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) {
    throw new ConfigError(`PORT is "${value}", but must be a whole number from 0 (any free port) to 65535.`);
  }
  return number;
};

const origins = (env: Env): string[] =>
  (env["ALLOWED_ORIGINS"] ?? "")
    .split(",")
    .map((o) => o.trim())
    .filter(Boolean)
    .map((o) => {
      if (o === "*") {
        throw new ConfigError('ALLOWED_ORIGINS is "*", but must name each origin, like https://chat.example.org.');
      }
      return url("ALLOWED_ORIGINS", o, ["http:", "https:"]).origin;
    });

const secret = (env: Env, databaseUrl: string | null): string | null => {
  const value = env["JWT_SECRET"] || null;
  if (value !== null && value.length < 32) {
    throw new ConfigError("JWT_SECRET is too short: it must have at least 32 characters, chosen by chance.");
  }
  if (value === null && databaseUrl) {
    throw new ConfigError("JWT_SECRET is missing: with DATABASE_URL it must be given, the same one on every node.");
  }
  return value;
};

/** Its value holds a secret, and so no sentence repeats it. */
const s3Url = (env: Env): string | null => {
  const value = env["S3_URL"]?.trim() || null;
  if (value === null) return null;
  const refuse = (why: string): never => {
    throw new ConfigError(
      `S3_URL must look like https://KEY:SECRET@host:port/bucket?region=name, but ${why}. ` +
        "In KEY and SECRET, write / as %2F, + as %2B and % as %25.",
    );
  };
  const parsed = URL.canParse(value) ? new URL(value) : refuse("it is no URL");
  if (!["http:", "https:"].includes(parsed.protocol)) refuse("it does not start with http:// or https://");
  if (!parsed.username || !parsed.password) refuse("it has no key or no secret");
  if (!isDecodable(parsed.username + parsed.password)) refuse("its key or its secret is not encoded");
  if (!/^\/[a-z\d][a-z\d.-]{1,62}\/?$/i.test(parsed.pathname)) refuse("after the host comes no name of a bucket");
  return value;
};

const isDecodable = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== "";
  } catch {
    return false;
  }
};

const clamavUrl = (env: Env): string | null => {
  const value = env["CLAMAV_URL"]?.trim() || null;
  if (value === null) return null;
  const parsed = URL.canParse(value) ? new URL(value) : null;
  const isTcp = parsed?.protocol === "tcp:" && parsed.hostname !== "";
  const isSocket = parsed?.protocol === "unix:" && /^\/./.test(parsed.pathname) && parsed.hostname === "";
  if (isTcp || isSocket) return value;
  throw new ConfigError(
    `CLAMAV_URL is "${value}", but must be like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.`,
  );
};

export const readConfig = (env: Env): Config => {
  const databaseUrl = env["DATABASE_URL"]?.trim() || null;
  if (databaseUrl) url("DATABASE_URL", databaseUrl, ["postgres:", "postgresql:"]);
  const publicUrl = env["PUBLIC_URL"]?.trim() || null;
  const production = env["NODE_ENV"] === "production";
  const limits = oneOf(env, "LIMITS", ["on", "off"], "on") === "on";
  if (!limits && production) {
    throw new ConfigError("LIMITS is off, which is for benchmarks only and refused with NODE_ENV=production.");
  }
  return {
    port: port(env),
    host: env["HOST"]?.trim() || "127.0.0.1",
    dataDir: resolve(env["DATA_DIR"]?.trim() || "./data"),
    databaseUrl,
    s3Url: s3Url(env),
    clamavUrl: clamavUrl(env),
    jwtSecret: secret(env, databaseUrl),
    publicUrl: publicUrl && url("PUBLIC_URL", publicUrl, ["http:", "https:"]).origin,
    allowedOrigins: origins(env),
    trustProxy: oneOf(env, "TRUST_PROXY", ["0", "1"], "0") === "1",
    registration: oneOf(env, "REGISTRATION", ["open", "invite", "closed"], "invite"),
    privateThreads: oneOf(env, "PRIVATE_THREADS", ["off", "staff", "supervised", "open"], "supervised"),
    limits,
    durability: oneOf(env, "DURABILITY", ["full", "relaxed"], "full"),
    logLevel: oneOf(env, "LOG_LEVEL", LOG_LEVELS, "info"),
    production,
  };
};
