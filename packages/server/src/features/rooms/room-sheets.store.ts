// Rooms with all that their cards need, many in one query: the host, what somebody is there, who waits to be let in.
import { type Expression, type RawBuilder, sql } from "kysely";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { columnsOf, fromJson, inWords, jsonWords, rowsAtMost } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import type { Place } from "./memberships.store.ts";
import type { RequestRow } from "./requests.store.ts";
import type { RoomRow } from "./rooms.store.ts";

type Sql = RawBuilder<unknown>;

export interface RequestJson extends RequestRow {
  user: CardRow;
  processor: CardRow | null;
}

export interface RoomSheet {
  row: RoomRow;
  host: CardRow;
  /** Without a role for who is not in the room. */
  place: Place;
  /** The newest one of this person. */
  request: RequestJson | null;
  /** How many wait to be let in; null for who does not lead the room. */
  pending: number | null;
}

const ROOM: readonly (keyof RoomRow)[] = [
  "id",
  "name",
  "description",
  "host_id",
  "public",
  "discoverable",
  "is_active",
  "max_participants",
  "participant_count",
  "allow_uploads",
  "allow_voice",
  "private_replies",
  "slow_mode_s",
  "created_at",
  "updated_at",
  "deleted_at",
];
const REQUEST: readonly (keyof RequestRow)[] = [
  "id",
  "room_id",
  "user_id",
  "status",
  "note",
  "reason",
  "created_at",
  "processed_at",
  "processed_by",
];

const requestOf = (db: Db, viewer: Expression<unknown>): Sql => {
  const json = jsonWords(db);
  const each = json.object({
    ...columnsOf("q", REQUEST),
    denied_before: sql`(
      select count(*) from join_requests as earlier
      where earlier.user_id = q.user_id and earlier.room_id = q.room_id and earlier.id < q.id
        and earlier.status = 'denied')`,
    user: json.object(cardFields("asker")),
    processor: json.nested(sql`case when by_.id is not null then ${json.object(cardFields("by_"))} end`),
  });
  return json.nested(sql`(
    select ${each} from join_requests as q join users as asker on asker.id = q.user_id
    left join users as by_ on by_.id = q.processed_by
    where q.user_id = ${viewer} and q.room_id = r.id order by q.id desc limit 1)`);
};

/** Nobody waits whose account is not in use. */
const pendingOf = sql`
  case when m.room_role in ('host', 'cohost') then (
    select count(*) from join_requests as waiting join users on users.id = waiting.user_id
    where waiting.room_id = r.id and waiting.status = 'pending' and users.is_active = 1) end`;

/** `rooms` are rows `id` and `place`: in this order they come. */
const sheetsQuery = (db: Db, rooms: Sql, viewer: Expression<unknown>): Sql => {
  const json = jsonWords(db);
  const place = {
    ...columnsOf("l", ["id", "epoch", "head"]),
    ...columnsOf("m", ["room_role", "quiet", "muted_until"]),
  };
  const sheet = json.object({
    row: json.object(columnsOf("r", ROOM)),
    host: json.object(cardFields("h")),
    place: json.object({ ...place, mute_reason: "m.mute_reason" }),
    request: requestOf(db, viewer),
    pending: pendingOf,
  });
  return sql`
    select ${json.list(sheet, sql`b.place`)} as sheets from (${rooms}) as b
    join rooms as r on r.id = b.id join logs as l on l.id = r.id join users as h on h.id = r.host_id
    left join memberships as m on m.room_id = r.id and m.user_id = ${viewer} and m.ended_at is null`;
};

interface Asked {
  viewer: number;
  rows: number;
  offset: number;
}

/** Rooms of somebody, newest activity first; then public ones, then discoverable private ones, by name. */
export const listQuery = (db: Db, { viewer, rows, offset }: Asked): Sql => {
  const order = sql`
    case when mine.user_id is not null then 0 else 1 end, latest.created_at desc, rooms.public desc, rooms.name, rooms.id`;
  const list = sql`
    select rooms.id, row_number() over (order by ${order}) as place from rooms
    left join memberships as mine on mine.room_id = rooms.id and mine.user_id = ${viewer} and mine.ended_at is null
    left join logs on logs.id = rooms.id and mine.user_id is not null
    left join events as latest on latest.log_id = logs.id and latest.seq = logs.head
    where rooms.deleted_at is null
      and (mine.user_id is not null or (rooms.is_active = 1 and (rooms.public = 1 or rooms.discoverable = 1)))
    order by ${order} limit ${rowsAtMost(rows)} offset ${offset}`;
  return sheetsQuery(db, list, sql`${viewer}`);
};

interface Answer {
  sheets: unknown;
}

const list = preparedOne<Asked, Answer>((db, v) => inWords(db, sql<Answer>`${listQuery(db, v)}`));
const some = preparedOne<{ viewer: number; ids: string }, Answer>((db, { viewer, ids }) => {
  const rooms = sql`select id, id as place from (${jsonWords(db).ids(sql`${ids}`)}) as asked`;
  return inWords(db, sql<Answer>`${sheetsQuery(db, rooms, sql`${viewer}`)}`);
});

const read = (found: Answer | null): RoomSheet[] => fromJson<RoomSheet[]>(found?.sheets);

export const listSheets = async (
  db: Db,
  viewer: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<RoomSheet[]> => read(await list(db, { viewer, rows, offset }));

/** Null for no room; also of one that was deleted: its history may still be told. */
export const findSheet = async (db: Db, viewer: number, roomId: number): Promise<RoomSheet | null> =>
  read(await some(db, { viewer, ids: JSON.stringify([roomId]) }))[0] ?? null;
