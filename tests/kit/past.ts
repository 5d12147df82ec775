// A past for a school that runs: messages and dates that nobody could write over the API, laid into its database.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqlite } from "../../packages/server/src/adapters/sqlite.ts";
import { fill } from "./fill.ts";
import type { School } from "./people.ts";

const fileOf = (school: School) => join(school.dataDir, "homeroom.sqlite");

/** Before anybody opens the room. Answers the seq of the last message, which is the one after all others there. */
export const fillRoom = async (
  school: School,
  room: number,
  by: string,
  count: number,
  content: (n: number) => string,
): Promise<number> => {
  const db = openSqlite({ file: fileOf(school), durability: "relaxed" });
  try {
    const isBy = db.read.selectFrom("users").select("id").where("username", "=", by);
    const { id } = await isBy.executeTakeFirstOrThrow();
    let n = 0;
    return await fill({ db, clock: { now: Date.now } }, room, id, count, () => content((n += 1)));
  } finally {
    await db.close();
  }
};

/** Who came and went has done so at `before`. */
export const setDates = (school: School, room: number, before: number, at: (content: string) => number): void => {
  const db = new DatabaseSync(fileOf(school), { timeout: 2_000 });
  const rows = db.prepare("SELECT id, content FROM messages WHERE log_id = ?").all(room);
  const change = db.prepare("UPDATE messages SET created_at = ? WHERE id = ?");
  db.exec("BEGIN");
  db.prepare("UPDATE events SET created_at = ? WHERE log_id = ?").run(before, room);
  for (const row of rows) change.run(at(String(row["content"])), Number(row["id"]));
  db.exec("COMMIT");
  db.close();
};

/** The id of a message by its words. */
export const idOf = (school: School, room: number, content: string): number => {
  const db = new DatabaseSync(fileOf(school), { timeout: 2_000, readOnly: true });
  const row = db.prepare("SELECT id FROM messages WHERE log_id = ? AND content = ?").get(room, content);
  db.close();
  if (!row) throw new Error(`nobody has said "${content}"`);
  return Number(row["id"]);
};
