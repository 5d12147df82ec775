import { describe, expect, it } from "vitest";
import { matchOf, ranked } from "./fuzzy.ts";

const find = (query: string, names: string[]) => ranked(query, names, (name) => name).map(({ item }) => item);

describe("finding names by a few letters", () => {
  it("takes the beginning of a word before letters within one", () => {
    expect(find("bio", ["Antibiotics", "Human biology 10a", "Biology 9b"])).toEqual([
      "Biology 9b",
      "Human biology 10a",
      "Antibiotics",
    ]);
  });

  it("takes initials", () => {
    expect(find("so", ["Maths study group", "Staff only", "Biology"])[0]).toBe("Staff only");
    expect(matchOf("msg", "Maths study group")?.ranges).toEqual([
      [0, 1],
      [6, 7],
      [12, 13],
    ]);
  });

  it("does not care about accents and capitals, and says which letters it found", () => {
    expect(matchOf("zoe", "Zoë Müller")?.ranges).toEqual([[0, 3]]);
    expect(matchOf("MÜL", "Zoë Muller")?.ranges).toEqual([[4, 7]]);
  });

  it("finds nothing in letters that lie anywhere", () => {
    expect(matchOf("by9", "Biology 9b")).toBeNull();
    expect(matchOf("xyz", "Biology 9b")).toBeNull();
    expect(matchOf("biolgy", "Biology 9b")).not.toBeNull();
  });

  it("gives everything for nothing, in the order given", () => {
    expect(find("  ", ["b", "a"])).toEqual(["b", "a"]);
  });
});
