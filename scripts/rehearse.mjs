// The server for a moment, in an empty folder, on no port of anybody's: so that Node keeps what it compiled (see
// setup.mjs). It runs on the repository's own Node.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../packages/server/src/config.ts";
import { startServer } from "../packages/server/src/main.ts";
import { rehearse } from "../packages/server/src/rehearsal.ts";

const quiet = () => undefined;
const folder = mkdtempSync(join(tmpdir(), "homeroom-rehearsal-"));
try {
  // None of this machine's settings: they may name a database.
  const config = readConfig({ PORT: "0", DATA_DIR: folder });
  const running = await startServer(config, { debug: quiet, info: quiet, warn: quiet, error: quiet });
  await rehearse(running.kit);
  await running.close();
  // What is started or loaded later, by some. A process for pictures is killed when it is idle, and so keeps nothing.
  for (const adapter of ["pictures-process", "postgres", "s3-files"]) {
    await import(`../packages/server/src/adapters/${adapter}.ts`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// Pictures are waited for in there.
process.exit();
