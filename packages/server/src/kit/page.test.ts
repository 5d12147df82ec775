// A page of a list: its size, and where its links lead.
import { expect, test } from "vitest";
import { pageOf, pageWindow } from "./page.ts";

const path = "/api/things/";

test("shows fifty unless asked otherwise, and asks for one more", () => {
  expect(pageWindow({})).toEqual({ limit: 50, offset: 0, rows: 51 });
  expect(pageWindow({ limit: 3, offset: 6 })).toEqual({ limit: 3, offset: 6, rows: 4 });
});

test("that is the only one leads nowhere", () => {
  expect(pageOf([1, 2], { path, query: {} })).toEqual({ results: [1, 2], next: null, previous: null });
});

test("in the middle leads both ways and keeps what was asked", () => {
  expect(pageOf([1, 2, 3], { path, query: { limit: 2, offset: 1, search: "a b&c" } })).toEqual({
    results: [1, 2],
    next: "/api/things/?limit=2&offset=3&search=a+b%26c",
    previous: "/api/things/?limit=2&offset=0&search=a+b%26c",
  });
});
