// The server's secret, from which tokens are made: given as JWT_SECRET, or made once in DATA_DIR.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Kit } from "../../kit/kit.ts";

const MIN_CHARACTERS = 32;

/** Run at start only: it waits for the disk. */
export const loadSecret = (config: Pick<Kit["config"], "jwtSecret" | "dataDir">): Uint8Array => {
  if (config.jwtSecret !== null) return Buffer.from(config.jwtSecret);
  const file = join(config.dataDir, "jwt-secret");
  const secret = readIfThere(file) ?? makeOnce(config.dataDir, file);
  if (secret.length < MIN_CHARACTERS) {
    throw new Error(
      `${file} is damaged: it has fewer than ${MIN_CHARACTERS} characters. Remove it to sign everybody out.`,
    );
  }
  chmodSync(file, 0o600);
  return Buffer.from(secret);
};

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
};

/** Appears whole or not at all; of two processes that start at once the first wins and both use its secret. */
const makeOnce = (folder: string, file: string): string => {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    writeSync(handle, `${randomBytes(48).toString("base64url")}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8").trim();
};
