// Questions that are asked together.
import { expect, test } from "vitest";
import { gather } from "./gather.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Answers each key with the number of the list it was in, when it is told to. */
const asked = () => {
  const lists: { keys: readonly number[]; answer(): void; fail(): void }[] = [];
  const ask = gather(
    (keys: readonly number[]) =>
      new Promise<string[]>((resolve, reject) => {
        const list = lists.length + 1;
        lists.push({
          keys,
          answer: () => resolve(keys.map((key) => `${key} in ${list}`)),
          fail: () => reject(new Error(`list ${list}`)),
        });
      }),
  );
  return { lists, ask };
};

test("what is asked in one turn is one question, and everybody gets their own answer", async () => {
  const { lists, ask } = asked();
  const answers = Promise.all([ask(7), ask(8), ask(7)]);
  await turn();
  expect(lists.map(({ keys }) => keys)).toEqual([[7, 8, 7]]);
  lists[0]?.answer();
  expect(await answers).toEqual(["7 in 1", "8 in 1", "7 in 1"]);
});

test("who asks while an answer is on its way is told what was read afterwards", async () => {
  const { lists, ask } = asked();
  const early = ask(1);
  await turn();
  const late = [ask(1), ask(2)];
  await turn();
  expect(lists.length).toBe(1);
  lists[0]?.answer();
  expect(await early).toBe("1 in 1");
  await turn();
  expect(lists[1]?.keys).toEqual([1, 2]);
  lists[1]?.answer();
  expect(await Promise.all(late)).toEqual(["1 in 2", "2 in 2"]);
});

test("a failure is told to its own list, and the next one is asked all the same", async () => {
  const { lists, ask } = asked();
  const early = ask(1);
  await turn();
  const late = ask(2);
  lists[0]?.fail();
  await expect(early).rejects.toThrow("list 1");
  await turn();
  lists[1]?.answer();
  expect(await late).toBe("2 in 2");
  const later = ask(3);
  await turn();
  lists[2]?.answer();
  expect(await later).toBe("3 in 3");
});

test("a crowd is asked about in lists that end", async () => {
  const sizes: number[] = [];
  const ask = gather((keys: readonly number[]) => {
    sizes.push(keys.length);
    return Promise.resolve(keys);
  });
  const crowd = Array.from({ length: 1_000 }, (_, i) => i);
  expect(await Promise.all(crowd.map(ask))).toEqual(crowd);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
  expect(sizes.length).toBe(4);
});
