// The client marks what the server finds: both read the same words out of any text and the same terms out of any query.
import fc from "fast-check";
import { expect, test } from "vitest";
import { termsOf } from "../../packages/server/src/features/search/query.ts";
import { wordsOf } from "../../packages/server/src/kit/words.ts";
import * as client from "../../packages/web/src/features/search/found-words.ts";

const letters = [
  ..."aßÉıİςΣæﬁ½Ωж京かไ한עִ٠ع",
  "e\u0301",
  "\u200b",
  "👍🏽",
  "👩‍👩‍👧",
  "\u0928\u093c",
  '"',
  "“",
  "-",
  "_",
  " ",
  "'",
  "7",
];
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

test("the same words", () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(client.wordsOf(one)).toEqual(wordsOf(one));
    }),
    { numRuns: 3_000 },
  );
});

test("the same terms", () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(client.termsOf(one)).toEqual(termsOf(one));
    }),
    { numRuns: 3_000 },
  );
});
