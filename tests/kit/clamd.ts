// ClamAV's daemon of the tests' own: real, on a free port, knowing one harmless test file and asking nobody outside.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { clamav } from "../../packages/server/src/adapters/clamav.ts";

/** The test file of the makers of virus scanners. In pieces, so that no scanner takes this file for it. */
export const EICAR = Buffer.from(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE", "!$H+H*"].join(""),
);

const START_MS = 30_000;

export interface Clamd {
  /** As CLAMAV_URL wants it. */
  readonly url: string;
  readonly socketUrl: string;
  /** Takes connections, but reads nothing and says nothing, until it is stopped. */
  freeze(): void;
  /** Dies at once, in the middle of whatever it does. */
  stop(): Promise<void>;
  /** Where it does not run; resolves when it answers. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

const clamdPath = (): string => {
  const path = [process.env["CLAMD_PATH"], "/usr/sbin/clamd"].find((place) => place && existsSync(place));
  if (!path) throw new Error("There is no clamd here: run `apt-get install clamav-daemon`, or set CLAMD_PATH.");
  return path;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

/** Prepared, but not started. `streamMax` is the largest file that it takes. */
export const prepareClamd = async ({ streamMax = "25M" } = {}): Promise<Clamd> => {
  const binary = clamdPath();
  const folder = mkdtempSync(join(tmpdir(), "homeroom-clamd-"));
  const port = await freePort();
  const socket = join(folder, "clamd.ctl");
  const log = join(folder, "clamd.log");
  mkdirSync(join(folder, "signatures"));
  const md5 = createHash("md5").update(EICAR).digest("hex");
  writeFileSync(join(folder, "signatures", "test.hdb"), `${md5}:${EICAR.length}:Eicar-Test-Signature\n`);
  const settings = [
    "Foreground yes",
    `DatabaseDirectory ${join(folder, "signatures")}`,
    `TemporaryDirectory ${folder}`,
    `LogFile ${log}`,
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    "TCPAddr 127.0.0.1",
    `StreamMaxLength ${streamMax}`,
    "AlertExceedsMax yes",
  ];
  writeFileSync(join(folder, "clamd.conf"), `${settings.join("\n")}\n`);
  const url = `tcp://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const isRunning = () => child !== null && child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!child || !isRunning()) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const start = async () => {
    if (isRunning()) return;
    child = spawn(binary, ["--config-file", join(folder, "clamd.conf")], { stdio: "ignore" });
    const scanner = clamav(url);
    for (const end = Date.now() + START_MS; ; await pause(50)) {
      const trouble = await scanner.ping().then(
        () => null,
        (error: Error) => error.message,
      );
      if (!trouble) return;
      if (child.exitCode !== null || Date.now() > end) {
        const said = existsSync(log) ? readFileSync(log, "utf8") : trouble;
        throw new Error(`clamd does not start: ${said}`);
      }
    }
  };
  return {
    url,
    socketUrl: `unix:${socket}`,
    freeze: () => void child?.kill("SIGSTOP"),
    stop,
    start,
    async dispose() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const startClamd = async (options: { streamMax?: string } = {}): Promise<Clamd> => {
  const clamd = await prepareClamd(options);
  await clamd.start();
  return clamd;
};
