// Whether the demo school is here, and what of it no feature makes.
import { foldName } from "../features/accounts/accounts.ts";
import type { Db } from "../kit/tables.ts";

const MARK = "demo_school";
export type DemoState = "none" | "begun" | "done";

export const demoState = async (db: Db): Promise<DemoState> => {
  const row = await db.selectFrom("settings").select("value").where("name", "=", MARK).executeTakeFirst();
  return (row?.value as DemoState | undefined) ?? "none";
};

/** False where somebody else began it before; then nothing is written. */
export const beginDemo = async (tx: Db): Promise<boolean> => {
  const made = await tx
    .insertInto("settings")
    .values({ name: MARK, value: "begun" satisfies DemoState })
    .onConflict((c) => c.column("name").doNothing())
    .returning("name")
    .executeTakeFirst();
  return made !== undefined;
};

export const endDemo = async (tx: Db): Promise<void> => {
  await tx
    .updateTable("settings")
    .set({ value: "done" satisfies DemoState })
    .where("name", "=", MARK)
    .execute();
};

/** A school that has a name keeps it. */
export const nameSchoolIfNameless = async (tx: Db, value: string): Promise<void> => {
  await tx
    .insertInto("settings")
    .values({ name: "school_name", value })
    .onConflict((c) => c.column("name").doNothing())
    .execute();
};

/** Which of these user names somebody has. */
export const takenNames = async (db: Db, names: readonly string[]): Promise<string[]> => {
  const rows = await db
    .selectFrom("users")
    .select("username")
    .where("username_key", "in", names.map(foldName))
    .orderBy("id")
    .execute();
  return rows.map(({ username }) => username);
};
