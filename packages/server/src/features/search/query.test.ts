// From what is typed to terms: phrases, the unfinished last word, and nothing that either database would take for more.
import { describe, expect, test } from "vitest";
import { termsOf, toFts5, toTsquery } from "./query.ts";

const term = (words: string, unfinished = false) => ({ words: words.split(" "), unfinished });

describe("terms", () => {
  test.each([
    ["Cell walls", [term("cell"), term("walls", true)]],
    ['"cell wall" pla', [term("cell wall"), term("pla", true)]],
    ['pla "cell wall"', [term("pla"), term("cell wall")]],
    ["„cell wall“", [term("cell wall")]],
    ["well-known fact", [term("well known"), term("fact", true)]],
    ["an open “phrase", [term("an"), term("open"), term("phrase", true)]],
    ['cell ""', [term("cell")]],
    ["cell !", [term("cell")]],
    ["photo*", [term("photo", true)]],
    ["NOT a OR b NEAR(c)", [term("not"), term("a"), term("or"), term("b"), term("near c", true)]],
    ['*"!?', []],
  ])("%s", (typed, expected) => {
    expect(termsOf(typed)).toEqual(expected);
  });

  test("are quoted one by one for both databases", () => {
    const marks = { places: ["_l1", "_l2"], sender: "_s3" };
    const terms = termsOf("OR don't sto");
    expect(toFts5(terms, marks)).toBe('("_l1" OR "_l2") AND "_s3" AND "or" AND "don t" AND "sto" *');
    expect(toTsquery(terms, marks)).toBe("('_l1' | '_l2') & '_s3' & ('or') & ('don' <-> 't') & ('sto':*)");
  });
});
