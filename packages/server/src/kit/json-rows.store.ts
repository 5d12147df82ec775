// Rows as one text: whole pages, and lists inside rows, so that a page with everything on it is one query. The text also
// crosses from the database's thread at a fraction of what as many objects would cost.
import { type Compilable, type Expression, PostgresAdapter, type RawBuilder, sql } from "kysely";
import type { Dialect } from "./ports.ts";
import type { Db } from "./tables.ts";

type Sql = RawBuilder<unknown>;
/** A column by its name (`m.id`), or any other expression. */
type Part = string | Expression<unknown>;

const partOf = (part: Part): Expression<unknown> => (typeof part === "string" ? sql.ref(part) : part);
const listed = (parts: readonly Part[]): Sql => sql.join(parts.map(partOf));

/** True or false, as JSON has it. */
export class Flag {
  readonly condition: Sql;
  constructor(condition: Sql) {
    this.condition = condition;
  }
}
/** A number or null. Any column would do; written as it is, it costs a fraction of what quoting does. */
export class Numeric {
  readonly part: Part;
  constructor(part: Part) {
    this.part = part;
  }
}
/** The fields of an object that is written out: columns, and what never changes. */
export interface Fields {
  readonly [name: string]: Part | Flag | Numeric | Fields | null | false | readonly [];
}

/** Neither stands in JSON as it is, or in a number: between rows, and between the parts of one. */
const ROWS_END = "\u001e";
const PARTS_END = "\u001f";

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
  /** A number or text as JSON text; `null` for null. */
  quoted(part: Part): Sql;
  /** Texts of the rows of the query around it, as `readRows` takes them. */
  rows(text: Sql): Sql;
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
    quoted: (part) => sql`json_quote(${partOf(part)})`,
    rows: (text) => sql`group_concat(${text}, ${sql.lit(ROWS_END)})`,
  },
  postgres: {
    tuple: (parts) => sql`json_build_array(${listed(parts)})`,
    object: (fields) => sql`json_build_object(${fieldsOf(fields)})`,
    list: (item, order) => sql`coalesce(json_agg(${item}${ordered(order)}), '[]'::json)`,
    nested: (query) => query,
    ids: (list) => sql`select value::bigint as id from json_array_elements_text(${list}::json)`,
    quoted: (part) => sql`coalesce(to_json(${partOf(part)})::text, 'null')`,
    rows: (text) => sql`string_agg(${text}, ${sql.lit(ROWS_END)})`,
  },
};

export const jsonWords = (db: Db): JsonWords =>
  WORDS[db.getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite"];

const isPart = (field: Fields[string]): field is Part =>
  typeof field === "string" || (field !== null && typeof field === "object" && "toOperationNode" in field);

/** Texts that never change, and what stands between them. */
const written = (json: JsonWords, fields: Fields): (string | Sql)[] => {
  const valueOf = (field: Fields[string]): (string | Sql)[] => {
    if (isPart(field)) return [json.quoted(field)];
    if (field instanceof Flag) return [sql`case when ${field.condition} then 'true' else 'false' end`];
    if (field instanceof Numeric) return [sql`coalesce(cast(${partOf(field.part)} as text), 'null')`];
    if (field === null || field === false || Array.isArray(field)) return [JSON.stringify(field)];
    return ["{", ...written(json, field as Fields), "}"];
  };
  return Object.entries(fields).flatMap(([name, field], i) => [
    `${i > 0 ? "," : ""}${JSON.stringify(name)}:`,
    ...valueOf(field),
  ]);
};

/** One text of all of them, as both databases put it together the fastest; null is nothing. */
const joined = (pieces: readonly (string | Sql)[]): Sql => {
  const parts: Sql[] = [];
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else {
      if (text) parts.push(sql.lit(text));
      parts.push(piece);
      text = "";
    }
  }
  return sql`concat(${sql.join([...parts, sql.lit(text)])})`;
};

/** A row of four parts, as `readRows` tells them apart. The last may be an object's fields, without its brackets. */
export const rowOf = (json: JsonWords, parts: readonly [Part, Part, Part], last: Sql | Fields): Sql =>
  joined([
    ...parts.flatMap((part) => [sql`${partOf(part)}`, PARTS_END]),
    ...(isPart(last) ? [sql`${last}`] : written(json, last)),
  ]);

/** What `read` makes of the parts of each row of a page. There are many: nothing else is made of them. */
export const readRows = <T>(page: unknown, read: (a: string, b: string, c: string, last: string) => T): T[] => {
  if (typeof page !== "string") return [];
  return page.split(ROWS_END).map((row) => {
    const a = row.indexOf(PARTS_END);
    const b = row.indexOf(PARTS_END, a + 1);
    const c = row.indexOf(PARTS_END, b + 1);
    return read(row.slice(0, a), row.slice(a + 1, b), row.slice(b + 1, c), row.slice(c + 1));
  });
};

/** Columns of a table in a query as the fields of an object, under their own names. */
export const columnsOf = (table: string, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, `${table}.${name}`]));

/** SQL in words, where a query of the builder is expected. */
export const inWords = <R>(db: Db, text: RawBuilder<R>): Compilable<R> => ({ compile: () => text.compile(db) });

/** A bound number after `limit`. SQLite would make the statement anew for each one that stands there as it is. */
export const rowsAtMost = (rows: number | Expression<unknown>): Sql => sql`cast(${rows} as bigint)`;

/** A column of JSON: PostgreSQL's driver has read it already. */
export const fromJson = <T>(column: unknown): T =>
  typeof column === "string" ? (JSON.parse(column) as T) : (column as T);
