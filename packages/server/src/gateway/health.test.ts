// Readiness: which part decides it, which part only tells, and how often the parts are asked.
import { Refusal } from "@homeroom/protocol";
import { expect, test } from "vitest";
import type { OpenCall } from "../kit/call.ts";
import { healthHandlers, type HealthParts } from "./health.ts";

const fine: HealthParts = {
  database: () => Promise.resolve(),
  files: () => Promise.resolve(),
  scanner: () => Promise.resolve(),
  jobs: () => Promise.resolve({ waiting: 2, dead: 0 }),
  isDraining: () => false,
};
const away = (why: unknown) => () => Promise.reject(why);
const ask = (changed: Partial<HealthParts>) =>
  healthHandlers({ ...fine, ...changed }, "full").readyz(
    { params: undefined, query: undefined, body: undefined },
    {} as OpenCall,
  );

test("with all of its parts a server is ready", async () => {
  expect(await ask({})).toEqual({
    status: 200,
    body: {
      ready: true,
      durability: "full",
      parts: {
        database: { ok: true },
        server: { ok: true },
        files: { ok: true },
        scanner: { ok: true },
        jobs: { ok: true, detail: "2 waiting" },
      },
    },
  });
});

test("without its database, or on its way out, it is not", async () => {
  const down = await ask({ database: away(new Error("gone fishing")) });
  expect(down).toMatchObject({ status: 503, body: { ready: false } });
  expect(down.body.parts["database"]).toEqual({ ok: false, detail: "gone fishing" });
  expect(await ask({ isDraining: () => true })).toMatchObject({ status: 503, body: { ready: false } });
});

test("without its files, its scanner or some checks it says so, and is ready: people can chat", async () => {
  const cause = new AggregateError([new Error("connect ECONNREFUSED")]);
  const { status, body } = await ask({
    files: away(Object.assign(new Refusal("unavailable"), { cause })),
    scanner: away(new Error("clamd says nothing")),
    jobs: () => Promise.resolve({ waiting: 1, dead: 3 }),
  });
  expect([status, body.ready]).toEqual([200, true]);
  expect(body.parts).toMatchObject({
    files: { ok: false, detail: "connect ECONNREFUSED" },
    scanner: { ok: false, detail: "clamd says nothing" },
    jobs: { ok: false, detail: "3 given up, 1 waiting" },
  });
});

test("a part that never answers is down", async () => {
  const { body } = await ask({ files: () => new Promise(() => undefined) });
  expect(body.parts["files"]).toEqual({ ok: false, detail: "no answer within 2000 ms" });
});

test("a hundred who ask at once cost one look; who asks after it gets a new one", async () => {
  let looks = 0;
  const health = healthHandlers({ ...fine, files: () => Promise.resolve(void (looks += 1)) }, "full");
  const once = () => health.readyz({ params: undefined, query: undefined, body: undefined }, {} as OpenCall);
  await Promise.all(Array.from({ length: 100 }, once));
  expect(looks).toBe(1);
  await once();
  expect(looks).toBe(2);
});
