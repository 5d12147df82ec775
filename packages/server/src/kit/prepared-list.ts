// Prepared queries about a list of keys: of few lengths, so that the texts are few.
import type { Compilable } from "kysely";
import { prepared } from "./prepared.ts";
import type { Db } from "./tables.ts";
import { together } from "./together.ts";

/** As long is a list for the database; one in between is filled up with its last key, which changes no answer. */
const LENGTHS = [1, 8, 64, 256];
const LONGEST = 256;

/** `build` may use the list for nothing but `in`. Otherwise as `prepared`; a longer list is asked in parts. */
export const preparedList = <K extends number | string, V extends object, R>(
  build: (db: Db, list: readonly K[], value: V) => Compilable<R>,
) => {
  const nameOf = (i: number) => `key ${i}`;
  const asks = LENGTHS.map((length) => {
    const names = Array.from({ length }, (_, i) => nameOf(i));
    const ask = prepared<V & Record<string, K>, R>((db, value) =>
      build(
        db,
        names.map((name) => value[name] as K),
        value,
      ),
    );
    return { length, names, ask };
  });
  const askPart = (db: Db, part: readonly K[], values: V): Promise<R[]> => {
    const { names, ask } = asks.find(({ length }) => length >= part.length) as (typeof asks)[number];
    const all = { ...values } as Record<string, unknown>;
    for (const [i, name] of names.entries()) all[name] = part[Math.min(i, part.length - 1)];
    return ask(db, all as V & Record<string, K>);
  };
  return async (db: Db, list: readonly K[], values: V): Promise<R[]> => {
    const parts = Array.from({ length: Math.ceil(list.length / LONGEST) }, (_, i) =>
      list.slice(i * LONGEST, (i + 1) * LONGEST),
    );
    return (await together(parts.map((part) => askPart(db, part, values)))).flat();
  };
};
