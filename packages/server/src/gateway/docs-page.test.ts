// The page about the API: complete, harmless, and allowed by its own policy.
import { operations } from "@homeroom/protocol";
import { openApiDocument } from "@homeroom/protocol/openapi.ts";
import { expect, test } from "vitest";
import { docsPage } from "./docs-page.ts";

const page = await docsPage(openApiDocument(), "/style.css");

test("has every operation with its path, its summary and who may use it", () => {
  for (const [id, { method, path, summary, authz }] of Object.entries(operations)) {
    const [, article = ""] = page.split(`<article id="${id}">`);
    const own = article.split("</article>")[0];
    expect(own).toContain(`${method.toUpperCase()} ${path}`);
    expect(own).toContain(summary.replaceAll("'", "&#39;").replaceAll('"', "&quot;"));
    expect(own).toContain(`For: ${authz.replaceAll("_", " ")}.`);
  }
});

test("says with which codes an operation refuses", () => {
  const [, article = ""] = page.split('<article id="leaveRoom">');
  expect(article.split("</article>")[0]).toContain("host_must_transfer");
});

test("needs no script and brings no style that a strict policy would refuse", () => {
  expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
});

test("links lead to places that are on the page", () => {
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`);
});

test("shows what stands in the document as words, never as markup", async () => {
  const evil = "<img src=x onerror=alert(1)>";
  const document = {
    info: { title: evil, version: "1", description: evil },
    paths: { "/api/x/": { get: { operationId: "x", summary: evil, "x-authz": "user", responses: {} } } },
    components: { schemas: { X: { description: evil } } },
  };
  expect(await docsPage(document, "/style.css")).not.toContain("<img");
});
