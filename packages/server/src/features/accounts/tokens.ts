// Access tokens: short-lived JWTs that name a user and a session. Only what this file signs is let in.
import { hash, webcrypto } from "node:crypto";
import { Refusal } from "@homeroom/protocol";
// By their own names: the whole of jose is several times as many files, most of them for encryption.
import type { JWTPayload } from "jose";
import { JWTExpired } from "jose/errors";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import type { Clock } from "../../kit/ports.ts";

export const ACCESS_TTL_S = 10 * 60;
const MAX_TTL_S = 7 * 24 * 3600;
/** Clocks of several nodes may differ by this much, s. */
const SKEW_S = 5;
const ALG = "HS256";
const TYP = "at+jwt";
const ISSUER = "homeroom";
const AUDIENCE = "homeroom-api";
/** Ours have some 250 characters. */
const MAX_LENGTH = 1_000;
const CLAIMS = ["aud", "exp", "iat", "iss", "sid", "sub"];
/** Somewhat more than a node has sockets. */
const MOST_KNOWN = 25_000;

export interface Claims {
  readonly userId: number;
  readonly session: string;
}

export interface Tokens {
  sign(claims: Claims, ttlS?: number): Promise<string>;
  /** What it said, if it was verified before and is still good: the same object each time. */
  known(token: string): Claims | null;
  /** Throws `token_invalid`; `token_expired` for one that is only too old, unless `evenExpired`. */
  verify(token: string, options?: { evenExpired?: boolean }): Promise<Claims>;
}

export const accessTokens = (secret: Uint8Array, clock: Clock): Tokens => {
  const known = new KnownTokens();
  let key: Promise<webcrypto.CryptoKey> | undefined;
  const ourKey = () => (key ??= keyFrom(secret));
  const seconds = () => Math.floor(clock.now() / 1000);
  return {
    sign: ({ userId, session }, ttlS = ACCESS_TTL_S) => {
      if (ttlS > MAX_TTL_S) throw new RangeError(`An access token lives at most ${MAX_TTL_S} s.`);
      const iat = seconds();
      const claims = { sub: String(userId), sid: session, iss: ISSUER, aud: AUDIENCE, iat, exp: iat + ttlS };
      const token = new SignJWT(claims).setProtectedHeader({ alg: ALG, typ: TYP });
      return ourKey().then((key) => token.sign(key));
    },

    known: (token) => (token.length > MAX_LENGTH ? null : known.find(token, seconds())),

    verify: async (token, { evenExpired = false } = {}) => {
      if (token.length > MAX_LENGTH) throw new Refusal("token_invalid");
      const seen = known.find(token, seconds());
      if (seen) return seen;
      if (!isOurShape(token)) throw new Refusal("token_invalid");
      let isExpired = false;
      const payload = await verifySigned(token, await ourKey(), clock).catch((error: unknown) => {
        if (!(error instanceof JWTExpired)) throw new Refusal("token_invalid");
        isExpired = true;
        return error.payload;
      });
      const claims = readClaims(payload, seconds());
      if (isExpired && !evenExpired) throw new Refusal("token_expired");
      if (!isExpired) known.keep(token, claims, Number(payload.exp));
      return claims;
    },
  };
};

/**
 * Tokens that were looked into and found good: until they expire, the same characters are as good another time. Only
 * that somebody signed them is remembered; whether the session goes on is asked of the database each time.
 */
class KnownTokens {
  /** By digest, so that none of them lies about in memory. */
  readonly #claims = new Map<string, { claims: Claims; exp: number }>();

  find(token: string, now: number): Claims | null {
    const found = this.#claims.get(digestOf(token));
    return found && found.exp > now - SKEW_S ? found.claims : null;
  }

  keep(token: string, claims: Claims, exp: number): void {
    this.#claims.set(digestOf(token), { claims, exp });
    if (this.#claims.size <= MOST_KNOWN) return;
    for (const oldest of this.#claims.keys()) {
      this.#claims.delete(oldest);
      break;
    }
  }
}

const digestOf = (token: string): string => hash("sha256", token, "base64url");

const keyFrom = (secret: Uint8Array): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey("raw", new Uint8Array(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);

const verifySigned = async (token: string, key: webcrypto.CryptoKey, clock: Clock): Promise<JWTPayload> => {
  const { payload } = await jwtVerify(token, key, {
    algorithms: [ALG],
    typ: TYP,
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: CLAIMS,
    clockTolerance: SKEW_S,
    currentDate: new Date(clock.now()),
  });
  return payload;
};

/**
 * Before any cryptography: two JSON objects without a name twice and a header that holds nothing but the two fields
 * we write. No `kid`, `jku` or `crit` is ever looked at, because none gets this far.
 */
const isOurShape = (token: string): boolean => {
  const [head, body, signature, ...more] = token.split(".");
  if (!head || !body || !signature || more.length > 0) return false;
  const header = parseOnce(head);
  return (
    header?.["alg"] === ALG && header["typ"] === TYP && Object.keys(header).length === 2 && parseOnce(body) !== null
  );
};

const parseOnce = (part: string): Record<string, unknown> | null => {
  try {
    const json = Buffer.from(part, "base64url").toString();
    const value: unknown = JSON.parse(json);
    // Written out again it differs if a name stood twice or a number was written in an unusual way.
    const isPlain = typeof value === "object" && value !== null && JSON.stringify(value) === json;
    return isPlain ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const readClaims = ({ sub, sid, iat, exp, aud, ...rest }: JWTPayload, now: number): Claims => {
  const isRight =
    typeof sub === "string" &&
    /^[1-9]\d{0,14}$/.test(sub) &&
    typeof sid === "string" &&
    /^[\w-]{1,64}$/.test(sid) &&
    Number.isSafeInteger(iat) &&
    Number.isSafeInteger(exp) &&
    Number(iat) <= now + SKEW_S &&
    Number(exp) > Number(iat) &&
    Number(exp) - Number(iat) <= MAX_TTL_S &&
    typeof aud === "string" &&
    Object.keys(rest).every((name) => CLAIMS.includes(name));
  if (!isRight) throw new Refusal("token_invalid");
  return { userId: Number(sub), session: sid };
};
