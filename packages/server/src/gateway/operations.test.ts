// Reading while it is asked who calls: what is told, and in which order it is refused.
import { type Operation, Refusal, type UserCard } from "@homeroom/protocol";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../config.ts";
import type { Caller } from "../kit/call.ts";
import { operationServer } from "./operations.ts";
import type { Env } from "./request.ts";

const cardOf = (role: UserCard["role"]): UserCard => ({
  id: 1,
  username: "ada",
  display_name: "Ada",
  role,
  avatar_url: null,
});
const before: Caller = { user: cardOf("student"), session: "s" };

const getThing: Operation = {
  method: "get",
  path: "/api/things/{id}/",
  authz: "user",
  summary: "A thing",
  params: z.object({ id: z.coerce.number() }),
  responses: { 200: z.object({}) },
};

/** `still` and `now`: what the database says of somebody who was here `before`. */
const ask = async (still: boolean, now: Caller | null, path = "/api/things/1", fail?: Refusal) => {
  const taken: string[] = [];
  const serve = operationServer({
    config: readConfig({}),
    doorman: {
      identify: () => (now ? Promise.resolve(now) : Promise.reject(new Refusal("token_invalid"))),
      recognise: () => ({ caller: before, still: Promise.resolve(still) }),
      visitor: () => Promise.resolve(null),
      redeem: () => Promise.reject(new Refusal("token_invalid")),
      ended: () => Promise.resolve([]),
    },
    throttle: { take: (...budgets) => void taken.push(...budgets.map(([name]) => name)) },
    staging: "",
  });
  const app = new Hono<Env>().onError((error, c) => c.json({ code: (error as Refusal).key }, 400));
  app.get(
    "/api/things/:id",
    serve(getThing, (_input, { caller }) =>
      fail ? Promise.reject(fail) : Promise.resolve({ status: 200, body: { role: caller?.user.role } }),
    ),
  );
  const incoming = { headers: { authorization: "Bearer t" }, socket: {} };
  const answer = await app.fetch(new Request(`http://here${path}`), { incoming, outgoing: {} });
  return [await answer.json(), taken] as const;
};

test("who is still who they were is told what was read meanwhile", async () => {
  expect(await ask(true, null)).toEqual([{ role: "student" }, ["rest_user"]]);
  expect(await ask(true, null, "/api/things/1", new Refusal("not_found"))).toEqual([
    { code: "not_found" },
    ["rest_user"],
  ]);
});

test("whose card has changed is told what was read for who they are now", async () => {
  const [answer] = await ask(false, { user: cardOf("teacher"), session: "s" });
  expect(answer).toEqual({ role: "teacher" });
});

test("whose session is over is told that and nothing else, whatever they asked for", async () => {
  for (const path of ["/api/things/1", "/api/things/word", "/api/things/1?other=1"]) {
    const [answer, taken] = await ask(false, null, path);
    expect([answer, taken.includes("rest_address")]).toEqual([{ code: "token_invalid" }, true]);
  }
  const [answer] = await ask(false, null, "/api/things/1", new Refusal("forbidden"));
  expect(answer).toEqual({ code: "token_invalid" });
});
