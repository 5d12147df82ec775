// Lists that are JSON already: they go out as the database wrote them, and are never made into objects.

/** Stands in an answer where the contract has a list. */
class WrittenList {
  readonly items: readonly string[];
  constructor(items: readonly string[]) {
    this.items = items;
  }
}

/** Of items that were written as JSON. To those who type the answer it is the list of what they say. */
export const writtenList = <T>(items: readonly string[]): T[] => new WrittenList(items) as unknown as T[];

/**
 * An answer as it goes out, as JSON. One that was written is put together once, as bytes: a string of that length would be
 * made anew when it is measured and when it is written, and half of what a page costs would be collecting that.
 */
export const jsonOf = (body: object): string | Buffer<ArrayBuffer> => {
  if (!("results" in body && body.results instanceof WrittenList)) return JSON.stringify(body);
  const { results, ...rest } = body;
  const around = JSON.stringify(rest);
  const pieces = ['{"results":['];
  for (const item of results.items) pieces.push(item, ",");
  if (results.items.length > 0) pieces.pop();
  pieces.push(`]${around === "{}" ? "" : ","}${around.slice(1)}`);
  return Buffer.from(pieces.join(""));
};
