// Private threads with all that their people see of them but messages, many in one query.
import { type RawBuilder, sql } from "kysely";
import type { Role, RoomRole } from "@homeroom/protocol";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { columnsOf, fromJson, inWords, jsonWords, rowsAtMost } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import type { ThreadRow, ThreadStanding } from "./private-threads.store.ts";

type Sql = RawBuilder<unknown>;

/** One of the two, and what they are in the room now. */
interface PersonJson {
  card: CardRow;
  is_active: number;
  room_role: RoomRole | null;
  muted_until: number | null;
  read: number;
}

interface SheetJson {
  thread: ThreadRow;
  epoch: string;
  head: number;
  room: ThreadStanding["room"];
  user1: PersonJson;
  user2: PersonJson;
}

export interface ThreadSheet extends SheetJson {
  standing: ThreadStanding;
}

const THREAD: readonly (keyof ThreadRow)[] = [
  "id",
  "room_id",
  "owner_message",
  "user1_id",
  "user2_id",
  "low_id",
  "high_id",
  "is_active",
  "created_at",
];
const ROOM: readonly (keyof ThreadStanding["room"])[] = [
  "is_active",
  "deleted_at",
  "private_replies",
  "allow_uploads",
  "allow_voice",
];

const personOf = (db: Db, id: string): Sql => {
  const json = jsonWords(db);
  const person = json.object({
    card: json.object(cardFields("u")),
    is_active: "u.is_active",
    room_role: "m.room_role",
    muted_until: "m.muted_until",
    read: sql`coalesce((select seq from read_marks where read_marks.log_id = t.id and read_marks.user_id = u.id), 0)`,
  });
  return json.nested(sql`(
    select ${person} from users as u
    left join memberships as m on m.room_id = t.room_id and m.user_id = u.id and m.ended_at is null
    where u.id = ${sql.ref(id)})`);
};

/** `threads` are rows `id` and `place`: in this order they come. */
const sheetsQuery = (db: Db, threads: Sql): Sql => {
  const json = jsonWords(db);
  const sheet = json.object({
    thread: json.object(columnsOf("t", THREAD)),
    epoch: "l.epoch",
    head: "l.head",
    room: json.object(columnsOf("r", ROOM)),
    user1: personOf(db, "t.user1_id"),
    user2: personOf(db, "t.user2_id"),
  });
  return sql`
    select ${json.list(sheet, sql`b.place`)} as sheets from (${threads}) as b
    join private_threads as t on t.id = b.id join logs as l on l.id = t.id join rooms as r on r.id = t.room_id`;
};

interface Asked {
  viewer: number;
  rows: number;
  offset: number;
}

/** Newest activity first. Each half by its own index: an "or" between them would be a walk through all threads. */
export const listQuery = (db: Db, { viewer, rows, offset }: Asked): Sql => {
  const mine = (side: string): Sql => sql`
    select t.id, coalesce(latest.created_at, t.created_at) as active_at from private_threads as t
    join rooms on rooms.id = t.room_id join logs on logs.id = t.id
    left join events as latest on latest.log_id = t.id and latest.seq = logs.head
    where ${sql.ref(`t.${side}`)} = ${viewer} and rooms.deleted_at is null`;
  const order = sql`active_at desc, id desc`;
  return sheetsQuery(
    db,
    sql`
      select id, row_number() over (order by ${order}) as place
      from (${mine("low_id")} union all ${mine("high_id")}) as mine
      order by ${order} limit ${rowsAtMost(rows)} offset ${offset}`,
  );
};

interface Answer {
  sheets: unknown;
}

const list = preparedOne<Asked, Answer>((db, v) => inWords(db, sql<Answer>`${listQuery(db, v)}`));
const one = preparedOne<{ id: number }, Answer>((db, { id }) =>
  inWords(db, sql<Answer>`${sheetsQuery(db, sql`select id, id as place from private_threads where id = ${id}`)}`),
);

const toPerson = ({ card, room_role, muted_until, is_active }: PersonJson) => ({
  role: card.role as Role,
  room_role,
  muted_until,
  is_active,
});

const read = (found: Answer | null): ThreadSheet[] =>
  fromJson<SheetJson[]>(found?.sheets).map((sheet) => {
    const people = new Map([sheet.user1, sheet.user2].map((person) => [person.card.id, toPerson(person)]));
    return { ...sheet, standing: { thread: sheet.thread, room: sheet.room, people } };
  });

export const listSheets = async (
  db: Db,
  viewer: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<ThreadSheet[]> => read(await list(db, { viewer, rows, offset }));

/** Of a thread that is there. */
export const getSheet = async (db: Db, id: number): Promise<ThreadSheet> => {
  const [sheet] = read(await one(db, { id }));
  if (!sheet) throw new Error(`private thread ${id} is missing`);
  return sheet;
};
