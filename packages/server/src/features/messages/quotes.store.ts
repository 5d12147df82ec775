// Quotes inside other queries: the message that is quoted, and whether a private thread may show it.
import { type RawBuilder, sql } from "kysely";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { jsonWords } from "../../kit/json-rows.store.ts";
import type { Db } from "../../kit/tables.ts";
import { type AttachmentJson, attachmentsIn } from "../attachments/attachments.ts";

export interface QuoteJson {
  id: number;
  log_id: number;
  content: string;
  deleted_at: number | null;
  sender: CardRow;
  /** Only where there are no words to quote. */
  files: AttachmentJson[] | null;
  /** 0 where a private thread may not show (any more) what is said in its room. */
  inside: number;
}

/** The private thread `m.log_id` may show its room to both while both are in it. */
const isInside = sql`(
  select count(*) from private_threads as t
  join memberships as low on low.room_id = t.room_id and low.user_id = t.low_id and low.ended_at is null
  join memberships as high on high.room_id = t.room_id and high.user_id = t.high_id and high.ended_at is null
  where t.id = m.log_id)`;

/** The message of this id, a column of the query around it, as the log `m.log_id` quotes it; in brackets. */
export const quoteOf = (db: Db, message: string): RawBuilder<unknown> => {
  const json = jsonWords(db);
  const quote = json.object({
    id: "q.id",
    log_id: "q.log_id",
    content: "q.content",
    deleted_at: "q.deleted_at",
    sender: json.object(cardFields("qs")),
    files: json.nested(
      sql`case when q.files > 0 and q.content = '' and q.deleted_at is null then ${attachmentsIn(db, "q.id")} end`,
    ),
    inside: sql`case when q.log_id = m.log_id then 1 else ${isInside} end`,
  });
  return sql`(
    select ${quote} from messages as q join users as qs on qs.id = q.sender_id where q.id = ${sql.ref(message)})`;
};
