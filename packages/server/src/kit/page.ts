// A page of a list by limit and offset: what to ask the database for, and what to answer.
import { SIZES } from "@homeroom/protocol";

/** A list's query after parsing: `limit` is clamped already; whatever else filters the list stays in the links. */
export interface PageAsked {
  limit?: number | undefined;
  offset?: number | undefined;
  [filter: string]: string | number | boolean | undefined;
}

export interface Page<T> {
  results: T[];
  next: string | null;
  previous: string | null;
}

/** For the query: fetch `rows` rows from `offset` on, which is one more than the page shows. */
export const pageWindow = (query: PageAsked): { limit: number; offset: number; rows: number } => {
  const limit = query.limit ?? SIZES.page_default;
  return { limit, offset: query.offset ?? 0, rows: limit + 1 };
};

/** The row too many tells whether there is a next page. Links are absolute paths; the gateway adds the origin. */
export const pageOf = <T>(rowsPlusOne: readonly T[], call: { path: string; query: PageAsked }): Page<T> => {
  const { limit, offset } = pageWindow(call.query);
  const link = (to: number) => {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...call.query, limit, offset: to })) {
      if (value !== undefined) asked.set(name, String(value));
    }
    return `${call.path}?${asked.toString()}`;
  };
  return {
    results: rowsPlusOne.slice(0, limit),
    next: rowsPlusOne.length > limit ? link(offset + limit) : null,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
  };
};
