// Twenty people send hostile files at once: the server and all that it starts stay within 256 MB of what they held.
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAll, someOf } from "../kit/extent.ts";
import { HOSTILE_FILES, type HostileFile, LARGEST_FILES } from "../kit/hostile-files.ts";
import { hostile, served } from "../kit/hostile-files/bytes.ts";
import { PNG } from "../kit/hostile-files/pictures.ts";
import { inParallel, sendHostile } from "../kit/hostile-uploads.ts";
import { watchMemory } from "../kit/memory.ts";
import { type RunningServer, startServer } from "../kit/server.ts";

const AT_ONCE = 20;
const MEBI = 1024 * 1024;
const MOST_MORE = 256 * MEBI;
/** What costs memory, if anything does, and some of all the rest. */
const { bombs, archives, documents, texts, ...others } = HOSTILE_FILES;
const FILES: readonly HostileFile[] = [
  ...LARGEST_FILES,
  ...bombs,
  ...LARGEST_FILES,
  ...archives,
  ...documents,
  ...texts,
  ...someOf(Object.values(others).flat(), 8),
];

const harmlessPicture = hostile("a picture", ["a.png", "image/png"], PNG, served("image/png"));

let server: RunningServer;
let tokens: string[];

const call = async (path: string, token: string | null, body?: object) =>
  fetch(server.url + path, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });

/** More people than send at once: nobody may have more than forty files that wait. */
const newcomer = async (_: unknown, n: number): Promise<string> => {
  const account = { username: `sender-${n}`, password: "correct horse battery" };
  return ((await (await call("/api/auth/register/", null, account)).json()) as { access: string }).access;
};

beforeAll(async () => {
  server = await startServer({ env: { LIMITS: "off", LOG_LEVEL: "warn" } });
  tokens = await Promise.all(Array.from({ length: AT_ONCE * (isAll ? 2 : 1) }, newcomer));
});
afterAll(() => server.dispose());

const isUnderWay = async (url: string, token: string): Promise<boolean> => {
  const answer = await call(url, token);
  const { code } = answer.status === 409 ? ((await answer.json()) as { code: string }) : { code: "" };
  await answer.body?.cancel().catch(() => undefined);
  return code === "attachment_not_ready";
};

// The kernel's own count is read where there is one.
describe.runIf(existsSync("/proc/self/status"))("Twenty hostile uploads at once", { timeout: 280_000 }, () => {
  it("cost the server and its helper for pictures less than 256 MB, together", async () => {
    const waiting: { url: string; token: string }[] = [];
    // The helper is there when the counting begins: what it holds before it has seen a picture is no harm done.
    expect((await sendHostile(server.url, tokens[0] ?? "", harmlessPicture)).status).toBe(201);
    const memory = watchMemory(server.process.pid ?? 0);
    const faults: string[] = [];
    await inParallel(FILES, AT_ONCE, async (file, index) => {
      const token = tokens[index % tokens.length] ?? "";
      const { status, body } = await sendHostile(server.url, token, file);
      if (status === 201 && body.state === "scanning") waiting.push({ url: body.url ?? "", token });
      if (status >= 500 || status === 429) faults.push(`${file.what}: ${status} ${body.code}`);
    });
    const left = async () => {
      const still = await Promise.all(waiting.map(({ url, token }) => isUnderWay(url, token)));
      waiting.splice(0, waiting.length, ...waiting.filter((_, n) => still[n]));
      return waiting.length;
    };
    await expect.poll(left, { timeout: 200_000, interval: 500 }).toBe(0);
    memory.stop();
    const more = memory.most - memory.start;
    const told = [memory.start, memory.most, more].map((bytes) => Math.round(bytes / MEBI));
    console.info(`${FILES.length} hostile files: ${told[0]} MB before, ${told[1]} MB at most, ${told[2]} MB more`);
    expect(faults).toEqual([]);
    expect(more).toBeLessThan(MOST_MORE);
    // Something was done at all.
    expect(more).toBeGreaterThan(MEBI);
    expect((await call("/healthz", null)).status).toBe(200);
    expect(server.process.exitCode).toBeNull();
  });
});
