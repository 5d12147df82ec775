// Runs one command line of Homeroom as a process of its own, and REST calls of people by their names.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { COMPILE_CACHE } from "./server.ts";

const fileOf = (name: string) => fileURLToPath(new URL(`../../packages/server/src/${name}.ts`, import.meta.url));

export interface Run {
  code: number | null;
  /** What it wrote on standard output and on standard error, without the last line's end. */
  out: string;
  err: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** What is typed, to the end; nothing unless given. */
  input?: string;
}

const run = async (file: string, args: readonly string[], { env = {}, input = "" }: RunOptions): Promise<Run> => {
  // Nothing of the developer's own environment may reach it but what every program needs.
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [fileOf(file), ...args], {
    env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: "pipe",
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  // It may end without having read anything.
  child.stdin.on("error", () => undefined).end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out: out.trimEnd(), err: err.trimEnd() };
};

/** `npm run homeroom -- …` */
export const homeroom = (args: readonly string[], options: RunOptions = {}): Promise<Run> => run("cli", args, options);

/** A server that is expected to end by itself, because it cannot start. */
export const failedStart = (args: readonly string[], options: RunOptions): Promise<Run> => run("main", args, options);

/** GETs and POSTs of somebody who signs in first. */
export const signedIn = async (url: string, username: string, password: string) => {
  const call = async (path: string, body?: object, token?: string) => {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(url + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<unknown>;
  };
  const { access, user } = (await call("/api/auth/login/", { username, password })) as {
    access: string;
    user: { id: number; role: string; display_name: string };
  };
  return {
    user,
    access,
    get: <T>(path: string) => call(path, undefined, access) as Promise<T>,
    post: <T>(path: string, body: object) => call(path, body, access) as Promise<T>,
  };
};
