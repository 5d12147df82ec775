// kill -9 between bytes and row, in the middle of a picture, anywhere: what was acknowledged is there and gets checked,
// no row is without its bytes, and bytes without a row are collected.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { openDatabase, equip } from "../../packages/server/src/compose.ts";
import { readConfig } from "../../packages/server/src/config.ts";
import { lostBlobs } from "../../packages/server/src/features/attachments/attachments.ts";
import { sweep } from "../../packages/server/src/kit/housekeeping.ts";
import { chanceOf } from "../kit/chance.ts";
import { accountsIn } from "../kit/crowd.ts";
import { isAll } from "../kit/extent.ts";
import { startServer } from "../kit/server.ts";
import { download, upload } from "../kit/uploads.ts";

const KILLS = isAll ? 6 : 4;
const DAY_MS = 24 * 3_600_000;
const quiet = () => undefined;
const silence = { debug: quiet, info: quiet, warn: quiet, error: quiet };

test(`no file is lost and none dangles in ${KILLS} kills at random moments`, async () => {
  const chance = chanceOf();
  const dataDir = mkdtempSync(join(tmpdir(), "homeroom-kill-files-"));
  console.log(`seed ${chance.seed} (SEED=${chance.seed} for the same again)`);
  const start = () => startServer({ dataDir, env: { LIMITS: "off", LOG_LEVEL: "error" } });
  const tokens = await accountsIn(dataDir, KILLS + 1);
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const photo = sharp({ create: { width: 1_500, height: 1_000, channels: 3, background: "#000", noise } });
  const bytes = await photo.jpeg().toBuffer();
  const acked: { url: string; token: string }[] = [];
  let server = await start();
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const token = tokens[kill] ?? "";
      const { url } = server;
      const sent = Array.from({ length: 5 }, async (_, i) => {
        await pause(chance.below(300));
        const file = { bytes, name: `photo ${i}.jpg` };
        // Whoever hears nothing was promised nothing.
        const kept = await upload({ url, token }, file).catch(() => null);
        if (kept) acked.push({ url: kept.url, token });
      });
      // Every other time soon after a first file was taken in, however slow the machine; else at any moment.
      if (kill % 2 === 0) await Promise.any(sent);
      await pause(chance.between(0, kill % 2 === 0 ? 300 : 1_500));
      expect(await server.end("SIGKILL")).toBeNull();
      await Promise.all(sent);
      server = await start();
    }
    expect(acked.length).toBeGreaterThan(0);
    const states = () =>
      Promise.all(acked.map(async ({ url, token }) => (await download({ url: server.url, token }, url)).status));
    // A dead node's work is taken over when its time is over.
    await expect.poll(async () => [...new Set(await states())], { timeout: 90_000, interval: 500 }).toEqual([200]);
    // Of what was taken in and not acknowledged the check may still go on.
    await expect.poll(() => jobsAt(server.url), { timeout: 90_000, interval: 500 }).toBe("0 waiting");
    await server.end();
    expect(await dangling(dataDir), `seed ${chance.seed}`).toEqual({
      rowsWithoutBytes: [],
      bytesWithoutRow: [],
      jobs: 0,
    });
  } finally {
    await server.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

const jobsAt = async (url: string): Promise<string | undefined> => {
  const { parts } = (await (await fetch(`${url}/readyz`)).json()) as { parts: { jobs: { detail?: string } } };
  return parts.jobs.detail;
};

const storedIn = (dataDir: string): Set<string> => {
  const found = readdirSync(join(dataDir, "files"), { recursive: true, withFileTypes: true });
  return new Set(found.filter((entry) => entry.isFile()).map(({ name }) => basename(name)));
};

/** After a day's clearing away, as it would be then. */
const dangling = async (dataDir: string) => {
  const config = readConfig({ DATA_DIR: dataDir });
  const db = await openDatabase(config);
  try {
    const clock = { now: () => Date.now() + DAY_MS + 1_000 };
    const fanout = { publish: quiet, whisper: quiet, isOnline: () => false };
    const kit = await equip({ db, clock, config, fanout, throttle: { take: quiet }, logger: silence });
    const rows = await db.read.selectFrom("attachments").select(["blob", "has_thumbs"]).execute();
    const wanted = rows.flatMap(({ blob, has_thumbs }) => [blob, ...(has_thumbs ? [`${blob}-s`, `${blob}-l`] : [])]);
    const before = storedIn(dataDir);
    await sweep(kit, [lostBlobs]);
    const after = storedIn(dataDir);
    const { waiting, dead } = await kit.queue.counts();
    return {
      rowsWithoutBytes: wanted.filter((key) => !before.has(key) || !after.has(key)),
      bytesWithoutRow: [...after].filter((key) => !wanted.includes(key)),
      jobs: waiting + dead,
    };
  } finally {
    await db.close();
  }
};
