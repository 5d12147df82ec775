// Passwords: argon2id with 19 MiB, two passes, one lane; about 10 ms on a thread beside the event loop.
import { hash, verify } from "@node-rs/argon2";

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One password typed on two keyboards can arrive in two compositions. */
const plain = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(plain(password), COST);

/** Of random bytes that nobody kept. */
const NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$hhgkEARpX2Ov9MflPNoCxQ$lrte74TTfGUT/7shAs6sgWbUM9M99jfmsMBseAc5RL8";

/** Null for somebody who does not exist: takes as long, and is never right. */
export const verifyPassword = async (stored: string | null, password: string): Promise<boolean> => {
  const isRight = await verify(stored ?? NOBODYS, plain(password)).catch(() => false);
  return isRight && stored !== null;
};
