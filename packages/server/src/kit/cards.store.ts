// User cards: what everybody may see of somebody, read together for a whole page.
import type { Role, UserCard } from "@homeroom/protocol";
import { preparedList } from "./prepared-list.ts";
import type { Db } from "./tables.ts";

export const cardColumns = ["users.id", "users.username", "users.display_name", "users.role"] as const;

/** The same of any table of users in a query, for JSON. */
export const cardFields = (users: string) => ({
  id: `${users}.id`,
  username: `${users}.username`,
  display_name: `${users}.display_name`,
  role: `${users}.role`,
});

export interface CardRow {
  id: number;
  username: string;
  display_name: string;
  role: string;
}

export const toCard = (row: CardRow): UserCard => ({
  id: row.id,
  username: row.username,
  display_name: row.display_name,
  role: row.role as Role,
  avatar_url: null,
});

const cardRows = preparedList<number, object, CardRow>((db, ids) =>
  db.selectFrom("users").select(cardColumns).where("id", "in", ids),
);

/** Cards by id, in one query for some hundreds. */
export const cardsOf = async (db: Db, ids: Iterable<number>): Promise<Map<number, UserCard>> => {
  const rows = await cardRows(db, [...new Set(ids)], {});
  return new Map(rows.map((row) => [row.id, toCard(row)]));
};

/** The card of somebody who must be there: every user id in the database names a row. */
export const cardFrom = (cards: ReadonlyMap<number, UserCard>, id: number): UserCard => {
  const card = cards.get(id);
  if (!card) throw new Error(`user ${id} is missing`);
  return card;
};
