// Lists that are JSON already: they go out as the database wrote them, and are never made into objects.

/** Stands in an answer where the contract has a list. */
class WrittenList {
  readonly json: string;
  constructor(items: readonly string[]) {
    this.json = `[${items.join()}]`;
  }
}

/** Of items that were written as JSON. To those who type the answer it is the list of what they say. */
export const writtenList = <T>(items: readonly string[]): T[] => new WrittenList(items) as unknown as T[];

/** An answer as it goes out. */
export const jsonOf = (body: object): string => {
  if (!("results" in body && body.results instanceof WrittenList)) return JSON.stringify(body);
  const { results, ...rest } = body;
  const around = JSON.stringify(rest);
  return `{"results":${results.json}${around === "{}" ? "" : ","}${around.slice(1)}`;
};
