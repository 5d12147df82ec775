// kill -9 at any moment, again and again, while twenty people write: nothing that was acknowledged is lost, nothing is
// stored twice, and everybody ends with the same log.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { chanceOf } from "../kit/chance.ts";
import { accountsIn, type Address, faults, roomFor, Sender } from "../kit/crowd.ts";
import { isAll } from "../kit/extent.ts";
import { startServer } from "../kit/server.ts";

const KILLS = isAll ? 20 : 6;
const PEOPLE = 20;

test(`nothing is lost in ${KILLS} kills at random moments`, async () => {
  const chance = chanceOf();
  console.log(`seed ${chance.seed} (SEED=${chance.seed} for the same again)`);
  const dataDir = mkdtempSync(join(tmpdir(), "homeroom-kill-"));
  const start = () => startServer({ dataDir, env: { LIMITS: "off", LOG_LEVEL: "error" } });
  const tokens = await accountsIn(dataDir, PEOPLE);
  let server = await start();
  try {
    const room = await roomFor(server.url, tokens);
    const address: Address = { url: Promise.resolve(server.url) };
    const crowd = tokens.map((token) => new Sender(token, room, address, chance));
    const lives = crowd.map((sender) => sender.live());
    for (let kill = 1; kill <= KILLS; kill++) {
      await pause(chance.between(200, 1_500));
      expect(await server.end("SIGKILL")).toBeNull();
      const next = start();
      address.url = next.then(({ url }) => url);
      server = await next;
    }
    for (const sender of crowd) sender.hush();
    await Promise.all(lives);
    const heads = await Promise.all(crowd.map((sender) => sender.catchUp()));
    expect(new Set(heads).size).toBe(1);
    await server.end("SIGKILL");
    const acked = crowd.reduce((sum, sender) => sum + sender.acked.size, 0);
    console.log(`${acked} messages acknowledged, ${heads[0]} events`);
    expect(acked).toBeGreaterThan(KILLS * PEOPLE);
    expect(faults(dataDir, room, crowd), `seed ${chance.seed}`).toEqual([]);
  } finally {
    await server.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
