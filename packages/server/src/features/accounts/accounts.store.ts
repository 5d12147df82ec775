// Accounts and the school's settings in the database.
import type { Me, Role } from "@homeroom/protocol";
import type { Selectable } from "kysely";
import { toCard } from "../../kit/cards.store.ts";
import { instant } from "../../kit/kit.ts";
import { type Db, flag, type UsersTable } from "../../kit/tables.ts";
import { foldName } from "./names.ts";

export type UserRow = Selectable<UsersTable>;

export interface NewUser {
  username: string;
  display_name: string;
  email: string | null;
  password_hash: string;
  role: Role;
}

export const toMe = (row: UserRow): Me => ({ ...toCard(row), email: row.email, created_at: instant(row.created_at) });

export const hasAccounts = async (db: Db): Promise<boolean> =>
  (await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;

export const findUser = async (db: Db, id: number): Promise<UserRow | null> =>
  (await db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;

/** By user name or e-mail. A user name has no @, so that the two cannot be mistaken for each other. */
export const findByName = async (db: Db, name: string): Promise<UserRow | null> => {
  const key = foldName(name);
  const column = key.includes("@") ? "email_key" : "username_key";
  return (await db.selectFrom("users").selectAll().where(column, "=", key).executeTakeFirst()) ?? null;
};

export const insertUser = (tx: Db, user: NewUser, now: number): Promise<UserRow> =>
  tx
    .insertInto("users")
    .values({
      ...user,
      username_key: foldName(user.username),
      email_key: user.email && foldName(user.email),
      is_active: flag(true),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export interface UserChange {
  display_name?: string;
  email?: string | null;
  password_hash?: string;
  role?: Role;
  is_active?: boolean;
}

/** Holds the account to the end of the transaction, so that it stays as it is read here. */
export const lockUser = (tx: Db, id: number): Promise<UserRow> => changeUser(tx, id, {});

export const changeUser = (tx: Db, id: number, { is_active, email, ...change }: UserChange): Promise<UserRow> =>
  tx
    .updateTable("users")
    .set((eb) => ({
      // An update must set something, even where nothing was asked for.
      role: eb.ref("role"),
      ...change,
      ...(email !== undefined && { email, email_key: email && foldName(email) }),
      ...(is_active !== undefined && { is_active: flag(is_active) }),
    }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Ids of all active admins, held to the end of the transaction: none of them can stop being one meanwhile. */
export const lockAdmins = async (tx: Db): Promise<number[]> => {
  const rows = await tx
    .updateTable("users")
    .set((eb) => ({ role: eb.ref("role") }))
    .where("role", "=", "admin")
    .where("is_active", "=", flag(true))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
};

export const schoolName = async (db: Db): Promise<string | null> =>
  (await db.selectFrom("settings").select("value").where("name", "=", "school_name").executeTakeFirst())?.value ?? null;

/** Of two that set it at once, the second waits here until the first is done. */
export const nameSchool = async (tx: Db, value: string): Promise<void> => {
  await tx
    .insertInto("settings")
    .values({ name: "school_name", value })
    .onConflict((c) => c.column("name").doUpdateSet({ value }))
    .execute();
};
