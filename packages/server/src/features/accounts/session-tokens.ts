// Refresh and CSRF tokens: derived from the session and the server's secret, so that none of them is stored anywhere.
import { createHmac, timingSafeEqual } from "node:crypto";
import { codeFromBytes } from "./codes.ts";

/** What of a session its tokens are derived from. */
export interface Seed {
  readonly id: string;
  readonly nonce: string;
}

/** What a refresh token says of itself, before anybody checked it. */
export interface RefreshClaim {
  readonly session: string;
  readonly generation: number;
  readonly proof: string;
}

/** The same of a token for files. */
export type FilesClaim = Omit<RefreshClaim, "generation">;

export interface SessionTokens {
  refresh(seed: Seed, generation: number): string;
  /** Null for what is no refresh token of any session. */
  readRefresh(token: string): RefreshClaim | null;
  isGenuine(claim: RefreshClaim, seed: Seed): boolean;
  /** What a browser shows when a page wants a file: the same as long as the session goes on. */
  files(seed: Seed): string;
  /** Null for what is no such token. */
  readFiles(token: string): FilesClaim | null;
  isFiles(claim: FilesClaim, seed: Seed): boolean;
  csrf(seed: Seed): string;
  isCsrf(token: string | undefined, seed: Seed): boolean;
  /** What the first admin types when they come from another machine: the same on every node and after a restart. */
  setupCode(): string;
}

const FILES_SHAPE = /^([\w-]{1,64})\.([\w-]{43})$/;
const SHAPE = /^([\w-]{1,64})\.(\d{1,9})\.([\w-]{43})$/;

export const sessionTokens = (secret: Uint8Array): SessionTokens => {
  const derive = (...parts: Array<string | number>) => createHmac("sha256", secret).update(parts.join("|")).digest();
  const prove = ({ id, nonce }: Seed, generation: number) =>
    derive("refresh", id, generation, nonce).toString("base64url");
  const proveFiles = ({ id, nonce }: Seed) => derive("files", id, nonce).toString("base64url");
  const csrf = ({ id, nonce }: Seed) => derive("csrf", id, nonce).toString("base64url");
  return {
    refresh: (seed, generation) => `${seed.id}.${generation}.${prove(seed, generation)}`,
    readRefresh: (token) => {
      const [, session, generation, proof] = SHAPE.exec(token) ?? [];
      return session && generation && proof ? { session, generation: Number(generation), proof } : null;
    },
    isGenuine: (claim, seed) => isSame(claim.proof, prove(seed, claim.generation)),
    files: (seed) => `${seed.id}.${proveFiles(seed)}`,
    readFiles: (token) => {
      const [, session, proof] = FILES_SHAPE.exec(token) ?? [];
      return session && proof ? { session, proof } : null;
    },
    isFiles: (claim, seed) => isSame(claim.proof, proveFiles(seed)),
    csrf,
    isCsrf: (token, seed) => token !== undefined && isSame(token, csrf(seed)),
    setupCode: () => codeFromBytes(derive("setup")),
  };
};

/** In a time that does not depend on where they differ. */
export const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
