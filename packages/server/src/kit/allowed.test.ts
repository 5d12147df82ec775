// Reading before asking whether it may be read: the order, and what is told when both fail.
import { Refusal } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { readIfAllowed } from "./allowed.ts";

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(value)));

test("whether somebody may read is asked when the page has been read", async () => {
  const steps: string[] = [];
  const page = later("page").then((read) => {
    steps.push("read");
    return read;
  });
  const found = await readIfAllowed(page, async () => {
    await later(null);
    steps.push("asked");
  });
  expect([found, steps]).toEqual(["page", ["read", "asked"]]);
});

test("who may not read is told so, whatever became of the page", async () => {
  const refused = () => Promise.reject(new Refusal("not_a_member"));
  for (const page of [() => later("page"), () => Promise.reject(new Refusal("bad_request"))]) {
    await expect(readIfAllowed(page(), refused)).rejects.toMatchObject({ key: "not_a_member" });
  }
});

test("who may read is told what is wrong with the page", async () => {
  const wrong = Promise.reject(new Refusal("bad_request"));
  await expect(readIfAllowed(wrong, () => later(null))).rejects.toMatchObject({ key: "bad_request" });
});
