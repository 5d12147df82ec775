// The environment: what each variable may be, what it is when left out, and the sentence for what is wrong.
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, ConfigError, readConfig } from "./config.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const POSTGRES = "postgres://homeroom:secret@db.example.org/homeroom";

const sentenceFor = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
};

test("with an empty environment everything has its default", () => {
  const expected: Config = {
    port: 8000,
    host: "127.0.0.1",
    dataDir: resolve("./data"),
    databaseUrl: null,
    jwtSecret: null,
    publicUrl: null,
    allowedOrigins: [],
    trustProxy: false,
    registration: "invite",
    privateThreads: "supervised",
    limits: true,
    durability: "full",
    logLevel: "info",
    production: false,
  };
  expect(readConfig({})).toEqual(expected);
});

test("a variable that is set to nothing counts as left out", () => {
  const names = ["PORT", "HOST", "DATA_DIR", "DATABASE_URL", "JWT_SECRET", "PUBLIC_URL", "ALLOWED_ORIGINS"];
  const choices = ["TRUST_PROXY", "REGISTRATION", "PRIVATE_THREADS", "LIMITS", "DURABILITY", "LOG_LEVEL", "NODE_ENV"];
  const empty = Object.fromEntries([...names, ...choices].map((name) => [name, ""]));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

describe("takes", () => {
  const good: Array<[env: Record<string, string>, as: Partial<Config>]> = [
    [{ PORT: "0" }, { port: 0 }],
    [{ PORT: " 8443 " }, { port: 8443 }],
    [{ PORT: "65535" }, { port: 65_535 }],
    [{ HOST: "0.0.0.0" }, { host: "0.0.0.0" }],
    [{ HOST: "::1" }, { host: "::1" }],
    [{ DATA_DIR: "/var/lib/homeroom" }, { dataDir: "/var/lib/homeroom" }],
    [{ DATA_DIR: "elsewhere" }, { dataDir: resolve("elsewhere") }],
    [
      { DATABASE_URL: POSTGRES, JWT_SECRET: SECRET },
      { databaseUrl: POSTGRES, jwtSecret: SECRET },
    ],
    [{ DATABASE_URL: "postgresql:///homeroom", JWT_SECRET: SECRET }, { databaseUrl: "postgresql:///homeroom" }],
    [{ JWT_SECRET: SECRET }, { jwtSecret: SECRET }],
    [{ PUBLIC_URL: "https://chat.example.org/" }, { publicUrl: "https://chat.example.org" }],
    [{ PUBLIC_URL: "http://10.0.0.5:8000" }, { publicUrl: "http://10.0.0.5:8000" }],
    [
      { ALLOWED_ORIGINS: "https://a.example.org, http://localhost:5173,," },
      { allowedOrigins: ["https://a.example.org", "http://localhost:5173"] },
    ],
    [{ TRUST_PROXY: "1" }, { trustProxy: true }],
    [{ TRUST_PROXY: "0" }, { trustProxy: false }],
    [{ REGISTRATION: "open" }, { registration: "open" }],
    [{ REGISTRATION: "closed" }, { registration: "closed" }],
    [{ PRIVATE_THREADS: "off" }, { privateThreads: "off" }],
    [{ PRIVATE_THREADS: "staff" }, { privateThreads: "staff" }],
    [{ PRIVATE_THREADS: "open" }, { privateThreads: "open" }],
    [{ LIMITS: "off" }, { limits: false }],
    [
      { LIMITS: "on", NODE_ENV: "production" },
      { limits: true, production: true },
    ],
    [{ DURABILITY: "relaxed" }, { durability: "relaxed" }],
    [{ LOG_LEVEL: "silent" }, { logLevel: "silent" }],
    [{ LOG_LEVEL: "trace" }, { logLevel: "trace" }],
    [{ NODE_ENV: "test" }, { production: false }],
  ];
  test.each(good)("%o", (env, as) => {
    expect(readConfig(env)).toMatchObject(as);
  });
});

describe("refuses", () => {
  const port = (value: string) => `PORT is "${value}", but must be a whole number from 0 (any free port) to 65535.`;
  const http = "is not a URL that starts with http:// or https://.";
  const postgres = "DATABASE_URL is not a URL that starts with postgres:// or postgresql://.";
  const bad: Array<[env: Record<string, string>, sentence: string]> = [
    [{ PORT: "eighty" }, port("eighty")],
    [{ PORT: "65536" }, port("65536")],
    [{ PORT: "-1" }, port("-1")],
    [{ PORT: "80.5" }, port("80.5")],
    [{ PORT: "0x50" }, port("0x50")],
    [{ DATABASE_URL: "mysql://db/homeroom", JWT_SECRET: SECRET }, postgres],
    [{ DATABASE_URL: "homeroom", JWT_SECRET: SECRET }, postgres],
    [
      { DATABASE_URL: POSTGRES },
      "JWT_SECRET is missing: with DATABASE_URL it must be given, the same one on every node.",
    ],
    [{ JWT_SECRET: "short" }, "JWT_SECRET is too short: it must have at least 32 characters, chosen by chance."],
    [{ PUBLIC_URL: "chat.example.org" }, `PUBLIC_URL ${http}`],
    [{ PUBLIC_URL: "ftp://chat.example.org" }, `PUBLIC_URL ${http}`],
    [{ ALLOWED_ORIGINS: "*" }, 'ALLOWED_ORIGINS is "*", but must name each origin, like https://chat.example.org.'],
    [{ ALLOWED_ORIGINS: "https://a.example.org,b.example.org" }, `ALLOWED_ORIGINS ${http}`],
    [{ TRUST_PROXY: "yes" }, 'TRUST_PROXY is "yes", but must be one of: 0, 1.'],
    [{ REGISTRATION: "everybody" }, 'REGISTRATION is "everybody", but must be one of: open, invite, closed.'],
    [{ PRIVATE_THREADS: "on" }, 'PRIVATE_THREADS is "on", but must be one of: off, staff, supervised, open.'],
    [{ LIMITS: "no" }, 'LIMITS is "no", but must be one of: on, off.'],
    [
      { LIMITS: "off", NODE_ENV: "production" },
      "LIMITS is off, which is for benchmarks only and refused with NODE_ENV=production.",
    ],
    [{ DURABILITY: "none" }, 'DURABILITY is "none", but must be one of: full, relaxed.'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud", but must be one of: fatal, error, warn, info, debug, trace, silent.'],
  ];
  test.each(bad)("%o", (env, sentence) => {
    expect(sentenceFor(env)).toBe(sentence);
  });
});

test("no sentence repeats a secret", () => {
  expect(sentenceFor({ JWT_SECRET: "hunter2" })).not.toContain("hunter2");
  expect(sentenceFor({ DATABASE_URL: "mysql://root:hunter2@db/x" })).not.toContain("hunter2");
});
