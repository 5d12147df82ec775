// Clearing away: files that nobody sent within their time, and bytes that no row names.
import type { Chore } from "../../kit/housekeeping.ts";
import type { Kit } from "../../kit/kit.ts";
import { unsentSince } from "./attachments.access.ts";
import { blobsInUse, deleteStale } from "./attachments.store.ts";
import { removeBlob } from "./uploading.ts";

/** Row first, then its bytes: what is left when this is cut short is collected as lost. */
export const unsentFiles: Chore = {
  what: "files that nobody sent",
  run: async (kit, rows, isStopped) => {
    let removed = 0;
    for (let found = rows; found >= rows && !isStopped(); removed += found) {
      const blobs = await kit.db.write((tx) => deleteStale(tx, unsentSince(kit.clock.now()), rows));
      for (const blob of blobs) await removeBlob(kit, blob);
      found = blobs.length;
    }
    return removed;
  },
};

/** A thumbnail lies beside its picture. */
const blobOf = (key: string): string => key.replace(/-[sl]$/, "");

const removeLost = async (kit: Kit, keys: readonly string[]): Promise<number> => {
  const used = await blobsInUse(kit.db.read, [...new Set(keys.map(blobOf))]);
  const lost = keys.filter((key) => !used.has(blobOf(key)));
  for (const key of lost) await kit.files.remove(key);
  return lost.length;
};

/** Old enough that no upload or worker still has them in hand. */
export const lostBlobs: Chore = {
  what: "bytes of files that are no more",
  run: async (kit, rows, isStopped) => {
    const before = unsentSince(kit.clock.now());
    let removed = 0;
    let keys: string[] = [];
    for await (const { key, storedAt } of kit.files.list()) {
      if (isStopped()) return removed;
      if (storedAt < before) keys.push(key);
      if (keys.length < rows) continue;
      removed += await removeLost(kit, keys);
      keys = [];
    }
    return removed + (keys.length > 0 ? await removeLost(kit, keys) : 0);
  },
};
