// Uploads on a machine that breaks: killed at any moment, or with its disk full. What was acknowledged is there and
// whole, what was not is not there at all, and nothing lies about for ever.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { chanceOf } from "../kit/chance.ts";
import { accountsIn } from "../kit/crowd.ts";
import { type RunningServer, startServer } from "../kit/server.ts";
import { canMount, smallDisk } from "../kit/small-disk.ts";
import { download, tryUpload, upload } from "../kit/uploads.ts";

const KILLS = 6;
const UPLOADERS = 4;
const ENV = { LIMITS: "off", LOG_LEVEL: "error" };

const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

/** A text of so many bytes, unlike every other. */
const text = (size: number) =>
  randomBytes(size)
    .toString("base64")
    .slice(0, size - 1)
    .concat("\n");
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

interface Stored {
  id: string;
  blob: string;
  sha256: string;
}
const rowsIn = (dataDir: string) => {
  const db = new DatabaseSync(join(dataDir, "homeroom.sqlite"), { readOnly: true });
  const rows = db.prepare("select id, blob, sha256 from attachments").all() as unknown as Stored[];
  db.close();
  return rows;
};

test(`in ${KILLS} kills at random moments no acknowledged file is lost, and no row is without its bytes`, async () => {
  const chance = chanceOf();
  console.log(`seed ${chance.seed} (SEED=${chance.seed} for the same again)`);
  const dataDir = mkdtempSync(join(tmpdir(), "homeroom-kill-files-"));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const tokens = await accountsIn(dataDir, UPLOADERS * (KILLS + 1));
  const acknowledged = new Map<string, { token: string; hash: string }>();
  const uploadUntilKilled = async (server: RunningServer, token: string) => {
    for (let more = true; more; ) {
      const bytes = text(300_000);
      const answer = await tryUpload({ url: server.url, token }, { bytes, name: "notes.txt" }).catch(() => null);
      if (answer?.status === 201) acknowledged.set(answer.body.id, { token, hash: sha256(bytes) });
      more = answer?.status === 201;
    }
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startServer({ dataDir, env: ENV });
    // Others each time: nobody may have too many that are not sent.
    const uploads = tokens.slice(kill * UPLOADERS, (kill + 1) * UPLOADERS).map((t) => uploadUntilKilled(server, t));
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size).toBeGreaterThan(before);
    await pause(chance.below(400));
    await server.end("SIGKILL");
    await Promise.all(uploads);
  }

  // What was cut off lies in the folder for files under way, until it is clear that nobody is at it any more.
  const staging = join(dataDir, "staging");
  const longAgo = Date.now() / 1_000 - 24 * 3_600;
  for (const { parentPath, name } of filesIn(staging)) utimesSync(join(parentPath, name), longAgo, longAgo);
  const server = await startServer({ dataDir, env: ENV });
  undo.push(() => server.dispose());
  await expect.poll(() => filesIn(staging)).toEqual([]);
  const rows = rowsIn(dataDir);
  for (const [id, { token, hash }] of acknowledged) {
    const row = rows.find((one) => one.id === id);
    const had = await download({ url: server.url, token }, `/api/chat/attachments/${id}/`);
    expect([row?.sha256, had.status, sha256(had.bytes)]).toEqual([hash, 200, hash]);
  }
  const lying = new Set(filesIn(join(dataDir, "files")).map(({ name }) => name));
  expect(rows.filter(({ blob }) => !lying.has(blob))).toEqual([]);
});

test.runIf(canMount())("a full disk answers 507, keeps nothing by halves, is read, and goes on with room", async () => {
  const disk = smallDisk(16);
  undo.push(() => disk.dispose());
  const [token = ""] = await accountsIn(disk.folder, 1);
  const server = await startServer({ dataDir: disk.folder, env: ENV });
  undo.push(() => server.dispose());
  const me = { url: server.url, token };
  const first = text(2_000_000);
  const kept = [await upload(me, { bytes: first, name: "first.txt" })];
  let refused = await tryUpload(me, { bytes: text(2_000_000), name: "more.txt" });
  while (refused.status === 201 && kept.push(refused.body) < 10) {
    refused = await tryUpload(me, { bytes: text(2_000_000), name: "more.txt" });
  }
  expect([refused.status, refused.body.code]).toEqual([507, "storage_full"]);
  expect(filesIn(join(disk.folder, "staging"))).toEqual([]);
  expect(filesIn(join(disk.folder, "files"))).toHaveLength(kept.length);
  expect(
    rowsIn(disk.folder)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(kept.map(({ id }) => id).toSorted());
  const [mine] = kept;
  const had = await download(me, mine?.url ?? "");
  expect([had.status, had.bytes.toString() === first]).toEqual([200, true]);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  disk.grow(64);
  await upload(me, { bytes: text(2_000_000), name: "later.txt" });
});
