// Codes for new accounts in the database.
import type { Invite, Role } from "@homeroom/protocol";
import { type Selectable, sql } from "kysely";
import { instant, instantOrNull } from "../../kit/kit.ts";
import type { Db, InvitesTable } from "../../kit/tables.ts";

export type InviteRow = Selectable<InvitesTable>;

export const toInvite = (row: InviteRow): Invite => ({
  id: row.id,
  code: row.code,
  role: row.role as Role,
  room: row.room_id,
  max_uses: row.max_uses,
  uses: row.uses,
  expires_at: instantOrNull(row.expires_at),
  created_at: instant(row.created_at),
});

export interface NewInvite {
  code: string;
  role: Role;
  room_id: number | null;
  max_uses: number | null;
  expires_at: number | null;
  created_by: number;
  created_at: number;
}

export const insertInvite = (tx: Db, invite: NewInvite): Promise<InviteRow> =>
  tx
    .insertInto("invites")
    .values({ ...invite, uses: 0 })
    .returningAll()
    .executeTakeFirstOrThrow();

/** Newest first, without the withdrawn. `createdBy` null: everybody's. */
export const findInvites = (
  db: Db,
  createdBy: number | null,
  { rows, offset }: { rows: number; offset: number },
): Promise<InviteRow[]> =>
  db
    .selectFrom("invites")
    .selectAll()
    .where("ended_at", "is", null)
    .$if(createdBy !== null, (q) => q.where("created_by", "=", createdBy))
    .orderBy("id", "desc")
    .limit(rows)
    .offset(offset)
    .execute();

/** One use less: who came with the code was in already. */
export const giveBackInvite = async (tx: Db, id: number): Promise<void> => {
  await tx.updateTable("invites").set({ uses: sql`uses - 1` }).where("id", "=", id).execute();
};

/** Whether there was such a code to withdraw. */
export const endInvite = async (tx: Db, id: number, createdBy: number | null, now: number): Promise<boolean> => {
  const row = await tx
    .updateTable("invites")
    .set({ ended_at: now })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .$if(createdBy !== null, (q) => q.where("created_by", "=", createdBy))
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
};

export const endInvitesOf = async (tx: Db, createdBy: number, now: number): Promise<void> => {
  await tx
    .updateTable("invites")
    .set({ ended_at: now })
    .where("created_by", "=", createdBy)
    .where("ended_at", "is", null)
    .execute();
};

/** One that would be good, had it not been used as often as it may be. */
export const findUsedUp = async (tx: Db, code: string, now: number): Promise<InviteRow | null> =>
  (await tx
    .selectFrom("invites")
    .selectAll()
    .where("code", "=", code)
    .where("ended_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .where((eb) => eb("uses", ">=", eb.ref("max_uses")))
    .executeTakeFirst()) ?? null;

/** Counts one more use of a code that is still good; null for any other. The check and the count are one statement. */
export const takeInvite = async (tx: Db, code: string, now: number): Promise<InviteRow | null> =>
  (await tx
    .updateTable("invites")
    .set({ uses: sql`uses + 1` })
    .where("code", "=", code)
    .where("ended_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .where((eb) => eb.or([eb("max_uses", "is", null), eb("uses", "<", eb.ref("max_uses"))]))
    .returningAll()
    .executeTakeFirst()) ?? null;
