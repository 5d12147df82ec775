// An S3-compatible server of the tests' own: it speaks HTTP, checks signatures, and keeps its objects in a folder.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROCESS = fileURLToPath(new URL("s3-process.ts", import.meta.url));
/** The only pair that it knows. */
const NAME = "S3RVER";
const BUCKET = "school";

export interface S3Server {
  /** As S3_URL wants it, with name and secret. Another address, such as a proxy's, may stand in for its own. */
  url(change?: { at?: string; bucket?: string; secret?: string }): string;
  /** The address alone. */
  readonly origin: string;
  /** It goes away as it is, with everything that it holds, until it is started again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

export const startS3 = async (): Promise<S3Server> => {
  const directory = mkdtempSync(join(tmpdir(), "homeroom-s3-"));
  let port = 0;
  const run = async () => {
    // It makes the marks of its pages with a cipher that today's OpenSSL hides.
    const execArgv = ["--openssl-legacy-provider"];
    const child = fork(PROCESS, [directory, BUCKET, String(port)], { execArgv, stdio: ["ignore", "ignore", 2, "ipc"] });
    [port] = (await once(child, "message")) as [number];
    return child;
  };
  let child = await run();
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return {
    origin,
    url({ at = origin, bucket = BUCKET, secret = NAME } = {}) {
      const url = new URL(bucket, at);
      url.username = NAME;
      url.password = secret;
      return `${url.href}?region=eu`;
    },
    stop,
    async start() {
      child = await run();
    },
    async dispose() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
