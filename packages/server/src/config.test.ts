// The environment: what each variable may be, what it is when left out, and the sentence for what is wrong.
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, ConfigError, readConfig } from "./config.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const POSTGRES = "postgres://homeroom:secret@db.example.org/homeroom";

const S3 = "https://KEY:SECRET@s3.example.org/school?region=eu";

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
    s3Url: null,
    clamavUrl: null,
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
  const names = [
    "PORT",
    "HOST",
    "DATA_DIR",
    "DATABASE_URL",
    "JWT_SECRET",
    "PUBLIC_URL",
    "ALLOWED_ORIGINS",
    "S3_URL",
    "CLAMAV_URL",
  ];
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
    [{ S3_URL: S3 }, { s3Url: S3 }],
    [{ S3_URL: "http://k:a%2Fb%2B@127.0.0.1:9000/school" }, { s3Url: "http://k:a%2Fb%2B@127.0.0.1:9000/school" }],
    [{ CLAMAV_URL: "tcp://127.0.0.1:3310" }, { clamavUrl: "tcp://127.0.0.1:3310" }],
    [{ CLAMAV_URL: "tcp://[::1]" }, { clamavUrl: "tcp://[::1]" }],
    [{ CLAMAV_URL: "unix:/run/clamav/clamd.ctl" }, { clamavUrl: "unix:/run/clamav/clamd.ctl" }],
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
  const s3 = (why: string) =>
    `S3_URL must look like https://KEY:SECRET@host:port/bucket?region=name, but ${why}. ` +
    "In KEY and SECRET, write / as %2F, + as %2B and % as %25.";
  const clamav = (value: string) =>
    `CLAMAV_URL is "${value}", but must be like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.`;
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
    [{ S3_URL: "school" }, s3("it is no URL")],
    [{ S3_URL: "https://KEY:a/b@s3.example.org/school" }, s3("it is no URL")],
    [{ S3_URL: "s3://KEY:SECRET@s3.example.org/school" }, s3("it does not start with http:// or https://")],
    [{ S3_URL: "https://s3.example.org/school" }, s3("it has no key or no secret")],
    [{ S3_URL: "https://KEY@s3.example.org/school" }, s3("it has no key or no secret")],
    [{ S3_URL: "https://KEY:100%@s3.example.org/school" }, s3("its key or its secret is not encoded")],
    [{ S3_URL: "https://KEY:SECRET@s3.example.org" }, s3("after the host comes no name of a bucket")],
    [{ S3_URL: "https://KEY:SECRET@s3.example.org/a/b" }, s3("after the host comes no name of a bucket")],
    [{ CLAMAV_URL: "127.0.0.1:3310" }, clamav("127.0.0.1:3310")],
    [{ CLAMAV_URL: "/run/clamav/clamd.ctl" }, clamav("/run/clamav/clamd.ctl")],
    [{ CLAMAV_URL: "unix:clamd.ctl" }, clamav("unix:clamd.ctl")],
    [{ CLAMAV_URL: "tcp:" }, clamav("tcp:")],
    [{ CLAMAV_URL: "http://127.0.0.1:3310" }, clamav("http://127.0.0.1:3310")],
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
  for (const url of ["hunter2", "s3://k:hunter2@h/b", "https://k:hunter2@h", "https://k:hunter2/b@h/school"]) {
    expect(sentenceFor({ S3_URL: url })).toMatch(/^S3_URL must (?!.*hunter2)/);
  }
  expect(sentenceFor({ DATABASE_URL: "mysql://root:hunter2@db/x" })).not.toContain("hunter2");
});
