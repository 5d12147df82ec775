// Access tokens: what is let in, and that nothing else is.
import { createHmac, createPrivateKey, generateKeyPairSync, sign as signWith } from "node:crypto";
import { Refusal } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { ACCESS_TTL_S, accessTokens } from "./tokens.ts";

const NOW = Date.UTC(2026, 8, 1, 8);
const NOW_S = NOW / 1000;
const SECRET = Buffer.from("a secret of the tests, long enough");
let now = NOW;
const tokens = accessTokens(SECRET, { now: () => now });

const HEADER = { alg: "HS256", typ: "at+jwt" };
const CLAIMS = {
  sub: "7",
  sid: "5d3ab0f0-4c2b-4a44-9a3c-2d6b7a3c1b11",
  iss: "homeroom",
  aud: "homeroom-api",
  iat: NOW_S,
  exp: NOW_S + 600,
};

const encode = (part: unknown): string =>
  Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
const hmac = (text: string, secret: Uint8Array, hash = "sha256") =>
  createHmac(hash, secret).update(text).digest("base64url");
const forge = (header: unknown, claims: unknown, secret: Uint8Array = SECRET, hash = "sha256"): string => {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${hmac(text, secret, hash)}`;
};
const without = (name: keyof typeof CLAIMS) => Object.fromEntries(Object.entries(CLAIMS).filter(([n]) => n !== name));
const withClaim = (claim: object) => forge(HEADER, { ...CLAIMS, ...claim });
const withHeader = (header: object) => forge({ ...HEADER, ...header }, CLAIMS);

const keyOf = async (token: string): Promise<string> => {
  try {
    await tokens.verify(token);
    return "let in";
  } catch (error) {
    return error instanceof Refusal ? error.key : String(error);
  }
};

const good = forge(HEADER, CLAIMS);
const [head, body, signature] = good.split(".") as [string, string, string];
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();
const rs256 = (): string => {
  const text = `${encode({ alg: "RS256", typ: "at+jwt" })}.${body}`;
  const key = createPrivateKey(rsa.privateKey.export({ type: "pkcs8", format: "pem" }));
  return `${text}.${signWith("sha256", Buffer.from(text), key).toString("base64url")}`;
};

const FORGED: Record<string, string> = {
  "an empty string": "",
  "a word": "token",
  "two dots": "..",
  "two parts": `${head}.${body}`,
  "four parts": `${good}.x`,
  "five parts, as if encrypted": `${head}..${body}.${signature}.x`,
  "an empty signature": `${head}.${body}.`,
  "a signature cut short": good.slice(0, -6),
  "a signature of zeros": `${head}.${body}.${encode(Buffer.alloc(32).toString("latin1"))}`,
  "a changed signature": `${head}.${body}.${hmac("other", SECRET)}`,
  "a changed payload": `${head}.${encode({ ...CLAIMS, sub: "1" })}.${signature}`,
  "alg none": `${encode({ alg: "none", typ: "at+jwt" })}.${body}.`,
  "alg none with a signature": withHeader({ alg: "none" }),
  "alg None": withHeader({ alg: "None" }),
  "alg nOnE": withHeader({ alg: "nOnE" }),
  "alg NONE without signature": `${encode({ alg: "NONE", typ: "at+jwt" })}.${body}.`,
  "alg hs256": withHeader({ alg: "hs256" }),
  "alg HS384": forge({ ...HEADER, alg: "HS384" }, CLAIMS, SECRET, "sha384"),
  "alg HS512": forge({ ...HEADER, alg: "HS512" }, CLAIMS, SECRET, "sha512"),
  "alg RS256 by somebody's own key": rs256(),
  "alg HS256 with a public key as secret": forge(HEADER, CLAIMS, Buffer.from(pem)),
  "a list of algs": withHeader({ alg: ["HS256"] }),
  "no alg": forge({ typ: "at+jwt" }, CLAIMS),
  "no typ": forge({ alg: "HS256" }, CLAIMS),
  "typ JWT": withHeader({ typ: "JWT" }),
  "typ of a refresh token": withHeader({ typ: "rt+jwt" }),
  "kid that climbs folders": withHeader({ kid: "../../../../dev/null" }),
  "kid with SQL": withHeader({ kid: "x' union select 'key" }),
  "kid that is a URL": withHeader({ kid: "https://evil.example/key" }),
  jku: withHeader({ jku: "https://evil.example/keys.json" }),
  x5u: withHeader({ x5u: "https://evil.example/cert.pem" }),
  "its own key in jwk": withHeader({ jwk: { kty: "oct", k: encode("evil") } }),
  crit: withHeader({ crit: ["exp"] }),
  "b64 false": withHeader({ b64: false, crit: ["b64"] }),
  "an empty secret": forge(HEADER, CLAIMS, Buffer.alloc(0)),
  "another school's secret": forge(HEADER, CLAIMS, Buffer.from("the secret of another school, long")),
  "wrong iss": withClaim({ iss: "elsewhere" }),
  "a list of iss": withClaim({ iss: ["homeroom"] }),
  "wrong aud": withClaim({ aud: "elsewhere" }),
  "a list of aud with ours": withClaim({ aud: ["elsewhere", "homeroom-api"] }),
  "no iss": forge(HEADER, without("iss")),
  "no aud": forge(HEADER, without("aud")),
  "no sub": forge(HEADER, without("sub")),
  "no sid": forge(HEADER, without("sid")),
  "no iat": forge(HEADER, without("iat")),
  "no exp": forge(HEADER, without("exp")),
  "sub as a number": withClaim({ sub: 7 }),
  "sub 0": withClaim({ sub: "0" }),
  "sub with SQL": withClaim({ sub: "7 or 1=1" }),
  "sub out of range": withClaim({ sub: "99999999999999999999" }),
  "sid as a list": withClaim({ sid: ["a"] }),
  "sid with a path": withClaim({ sid: "../x" }),
  "an empty sid": withClaim({ sid: "" }),
  "exp as text": withClaim({ exp: String(NOW_S + 600) }),
  "exp with a fraction": withClaim({ exp: NOW_S + 600.5 }),
  "exp that is huge": withClaim({ exp: 1e15 }),
  "exp beyond all numbers": forge(HEADER, JSON.stringify(CLAIMS).replace(/"exp":\d+/, '"exp":1e999')),
  "exp null": withClaim({ exp: null }),
  "exp negative": withClaim({ exp: -1 }),
  "exp before iat": withClaim({ iat: NOW_S, exp: NOW_S - 1 }),
  "a life of a year": withClaim({ exp: NOW_S + 365 * 86_400 }),
  "iat in the future": withClaim({ iat: NOW_S + 61, exp: NOW_S + 600 }),
  "iat with a fraction": withClaim({ iat: NOW_S + 0.5 }),
  "nbf in the future": withClaim({ nbf: NOW_S + 300 }),
  "a claim we never write": withClaim({ role: "admin" }),
  "exp twice": forge(HEADER, `${JSON.stringify(CLAIMS).slice(0, -1)},"exp":${NOW_S + 900}}`),
  "sub twice": forge(HEADER, `{"sub":"1",${JSON.stringify(CLAIMS).slice(1)}`),
  "alg twice": forge('{"alg":"none","alg":"HS256","typ":"at+jwt"}', CLAIMS),
  "a payload that is a list": forge(HEADER, [CLAIMS]),
  "a payload that is no JSON": forge(HEADER, "{"),
  "a payload that is null": forge(HEADER, "null"),
  "a header that is null": forge("null", CLAIMS),
  "spaces around": ` ${good} `,
  "a line break inside": `${head}.${body}\n.${signature}`,
  "a megabyte": forge(HEADER, { ...CLAIMS, sid: "a".repeat(1_000_000) }),
};

describe("an access token", () => {
  test("of ours is let in and names user and session", async () => {
    const token = await tokens.sign({ userId: 7, session: CLAIMS.sid });
    expect(await tokens.verify(token)).toEqual({ userId: 7, session: CLAIMS.sid });
    expect(await keyOf(good)).toBe("let in");
  });

  test.each(Object.entries(FORGED))("with %s is invalid", async (_, token) => {
    expect(await keyOf(token)).toBe("token_invalid");
  });

  test("is expired after its ten minutes, and says so only when it is well signed", async () => {
    const token = await tokens.sign({ userId: 7, session: CLAIMS.sid });
    now = NOW + (ACCESS_TTL_S - 1) * 1000;
    expect(await keyOf(token)).toBe("let in");
    now = NOW + (ACCESS_TTL_S + 6) * 1000;
    expect(await keyOf(token)).toBe("token_expired");
    expect(await keyOf(forge(HEADER, CLAIMS, Buffer.from("the secret of another school, long")))).toBe("token_invalid");
    expect(await tokens.verify(token, { evenExpired: true })).toEqual({ userId: 7, session: CLAIMS.sid });
    now = NOW;
  });

  test("cannot be made to live longer than a week", () => {
    expect(() => tokens.sign({ userId: 7, session: CLAIMS.sid }, 8 * 86_400)).toThrow(RangeError);
  });
});
