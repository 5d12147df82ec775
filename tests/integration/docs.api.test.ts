// The pages that tell programs and people what the API is.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../kit/server.ts";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

const get = (path: string, method = "GET") => fetch(server.url + path, { method, redirect: "manual" });

test.each(["/api/docs/", "/api/docs"])("%s is a page with a style sheet from the same place", async (path) => {
  const page = await get(path);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  const text = await page.text();
  expect(text).toContain("/api/chat/rooms/{id}/join/");
  const sheet = await get(/href="([^"#]+\.css)"/.exec(text)?.[1] ?? "");
  expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
});

test.each(["/api/schema/", "/api/schema"])("%s is OpenAPI 3.1", async (path) => {
  const answer = await get(path);
  const document = (await answer.json()) as { openapi: string; paths: object };
  expect([answer.status, document.openapi]).toEqual([200, "3.1.0"]);
  expect(document.paths).toHaveProperty(["/api/auth/login/", "post"]);
});

test.each(["/api/schema/", "/api/docs/"])("%s can only be read", async (path) => {
  const answer = await get(path, "POST");
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});
