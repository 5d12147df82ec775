// Who may see whom in the list of people.
import type { UserCard } from "@homeroom/protocol";
import { sql } from "kysely";
import { cardColumns, toCard } from "../../kit/cards.store.ts";
import { type Db, flag } from "../../kit/tables.ts";
import { foldName } from "./names.ts";

export interface PeopleAsked {
  /** Only those who share a room with this person; null: everybody. */
  sharingWith: number | null;
  search: string;
  rows: number;
  offset: number;
}

/** Active people in the order of their names. */
export const findPeople = async (db: Db, { sharingWith, search, rows, offset }: PeopleAsked): Promise<UserCard[]> => {
  const found = await db
    .selectFrom("users")
    .select(cardColumns)
    .where("users.is_active", "=", flag(true))
    .$if(sharingWith !== null, (q) => q.where("users.id", "in", roommates(db, sharingWith ?? 0)))
    .$if(search !== "", (q) => q.where(named(search)))
    .orderBy("users.display_name")
    .orderBy("users.id")
    .limit(rows)
    .offset(offset)
    .execute();
  return found.map(toCard);
};

const roommates = (db: Db, userId: number) =>
  db
    .selectFrom("memberships as mine")
    .innerJoin("rooms", "rooms.id", "mine.room_id")
    .innerJoin("memberships as theirs", "theirs.room_id", "mine.room_id")
    .select("theirs.user_id")
    .where("mine.user_id", "=", userId)
    .where("mine.ended_at", "is", null)
    .where("theirs.ended_at", "is", null)
    .where("rooms.deleted_at", "is", null);

/** SQLite folds the case of ASCII only: for a name that begins with Ö, what was typed is also tried capitalised. */
const named = (search: string) => {
  const typed = search.normalize("NFC");
  const lower = typed.toLowerCase();
  const title = lower.replace(
    /(^|[\s-])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
  const displayNames = [...new Set([typed, lower, title, typed.toUpperCase()])];
  return sql<boolean>`(
    users.username_key like ${containing(foldName(search))} escape '\\'
    or lower(users.display_name) like ${containing(lower)} escape '\\'
    or ${sql.join(
      displayNames.map((name) => sql`users.display_name like ${containing(name)} escape '\\'`),
      sql` or `,
    )}
  )`;
};

const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
