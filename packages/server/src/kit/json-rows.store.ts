// Rows as one JSON text: whole pages, and lists inside rows, so that a page with everything on it is one query. The text
// also crosses from the database's thread at a fraction of what as many objects would cost.
import { type Compilable, type Expression, PostgresAdapter, type RawBuilder, sql } from "kysely";
import type { Dialect } from "./ports.ts";
import type { Db } from "./tables.ts";

type Sql = RawBuilder<unknown>;
/** A column by its name (`m.id`), or any other expression. */
type Part = string | Expression<unknown>;

const partOf = (part: Part): Expression<unknown> => (typeof part === "string" ? sql.ref(part) : part);
const listed = (parts: readonly Part[]): Sql => sql.join(parts.map(partOf));

/** How a database says it in SQL. */
export interface JsonWords {
  /** `[a, b]`: short, for what there are many of. Whoever reads it must keep to the order. */
  tuple(parts: readonly Part[]): Sql;
  /** `{"a": …}`, for what there are few of. */
  object(fields: Readonly<Record<string, Part>>): Sql;
  /** Of the rows of the query around it; an empty list for none. */
  list(item: Sql, order?: Sql): Sql;
  /** What a query inside brackets answered, as part of something bigger. */
  nested(query: Sql): Sql;
  /** Rows `id` of a list of numbers that comes as JSON text. */
  ids(list: Expression<unknown>): Sql;
}

const fieldsOf = (fields: Readonly<Record<string, Part>>): Sql =>
  sql.join(Object.entries(fields).flatMap(([name, part]) => [sql.lit(name), partOf(part)]));
const ordered = (order: Sql | undefined): Sql => (order ? sql` order by ${order}` : sql``);

const WORDS: Record<Dialect, JsonWords> = {
  sqlite: {
    tuple: (parts) => sql`json_array(${listed(parts)})`,
    object: (fields) => sql`json_object(${fieldsOf(fields)})`,
    list: (item, order) => sql`json_group_array(${item}${ordered(order)})`,
    // Without this it would be put in as a string.
    nested: (query) => sql`json(${query})`,
    ids: (list) => sql`select value as id from json_each(${list})`,
  },
  postgres: {
    tuple: (parts) => sql`json_build_array(${listed(parts)})`,
    object: (fields) => sql`json_build_object(${fieldsOf(fields)})`,
    list: (item, order) => sql`coalesce(json_agg(${item}${ordered(order)}), '[]'::json)`,
    nested: (query) => query,
    ids: (list) => sql`select value::bigint as id from json_array_elements_text(${list}::json)`,
  },
};

export const jsonWords = (db: Db): JsonWords =>
  WORDS[db.getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite"];

/** SQL in words, where a query of the builder is expected. */
export const inWords = <R>(db: Db, text: RawBuilder<R>): Compilable<R> => ({ compile: () => text.compile(db) });

/** A bound number after `limit`. SQLite would make the statement anew for each one that stands there as it is. */
export const rowsAtMost = (rows: number | Expression<unknown>): Sql => sql`cast(${rows} as bigint)`;

/** A column of JSON: PostgreSQL's driver has read it already. */
export const fromJson = <T>(column: unknown): T =>
  typeof column === "string" ? (JSON.parse(column) as T) : (column as T);
