// Who waits: the order, and that nobody is held longer than they wait.
import { expect, test } from "vitest";
import { collectGarbage } from "../../../../tests/kit/garbage.ts";
import { Fifo } from "./fifo.ts";

test("who came first is taken first, whoever comes in between, and then there is nobody", () => {
  const fifo = new Fifo<number>();
  const taken: (number | undefined)[] = [];
  let next = 0;
  for (let i = 0; i < 100; i++) {
    for (let come = i % 4; come > 0; come--) fifo.push(next++);
    taken.push(fifo.take());
  }
  while (fifo.size > 0) taken.push(fifo.take());
  expect(taken.filter((one) => one !== undefined)).toEqual(Array.from({ length: next }, (_, i) => i));
  expect([fifo.take(), fifo.take(), fifo.size]).toEqual([undefined, undefined, 0]);
  fifo.push(7);
  expect([fifo.size, fifo.take(), fifo.size]).toEqual([1, 7, 0]);
});

test("who was taken is let go of, also where somebody is always waiting", async () => {
  const fifo = new Fifo<object>();
  const comeAndGo = (): WeakRef<object> => {
    const item = {};
    fifo.push(item);
    return new WeakRef(item);
  };
  const first = comeAndGo();
  for (let i = 0; i < 10; i++) {
    comeAndGo();
    comeAndGo();
    fifo.take();
  }
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(fifo.size).toBe(11);
  expect(first.deref()).toBeUndefined();
});
