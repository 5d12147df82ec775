// The fences must bite: each rule is broken on purpose in a folder of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkFences } from "./fences.mjs";

/** Writes the files and returns what the fences say about them. */
function errorsOf(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-fences-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return checkFences(folder).errors;
}

const broken: [rule: string, file: string, text: string, says: string][] = [
  ["protocol imports Node", "protocol/src/a.ts", `import { join } from "node:path";`, "knows no Node"],
  ["protocol imports another package", "protocol/src/a.ts", `import ky from "ky";`, "nothing else"],
  [
    "protocol imports the server",
    "protocol/src/a.ts",
    `import type { X } from "@homeroom/server/main.ts";`,
    "nothing of server",
  ],
  [
    "kit imports a feature",
    "server/src/kit/a.ts",
    `import { x } from "../features/x/x.ts";`,
    "server/kit knows no chat",
  ],
  [
    "kit imports a feature's type",
    "server/src/kit/a.ts",
    `import type { X } from "../features/x/x.ts";`,
    "server/kit knows no chat",
  ],
  [
    "kit re-exports a feature",
    "server/src/kit/a.ts",
    `export * from "../features/x/x.ts";`,
    "server/kit knows no chat",
  ],
  [
    "kit loads a feature late",
    "server/src/kit/a.ts",
    `const x = await import("../features/x/x.ts");`,
    "server/kit knows no chat",
  ],
  [
    "kit imports the configuration",
    "server/src/kit/a.ts",
    `import { config } from "../config.ts";`,
    "server/kit knows no chat",
  ],
  [
    "a feature imports the gateway",
    "server/src/features/x/x.ts",
    `import { hub } from "../../gateway/hub.ts";`,
    "a feature may import",
  ],
  [
    "a feature imports an adapter",
    "server/src/features/x/x.ts",
    `import { db } from "../../adapters/sqlite.ts";`,
    "a feature may import",
  ],
  [
    "a feature imports the inside of another",
    "server/src/features/x/x.ts",
    `import { y } from "../y/rules.ts";`,
    "front file",
  ],
  [
    "a feature imports the store of another",
    "server/src/features/x/x.ts",
    `import { y } from "../y/y.store.ts";`,
    "own feature only",
  ],
  ["main imports a store", "server/src/main.ts", `import { y } from "./features/y/y.store.ts";`, "own feature only"],
  [
    "the gateway imports a feature",
    "server/src/gateway/a.ts",
    `import { x } from "../features/x/x.ts";`,
    "gateway knows no feature",
  ],
  [
    "the gateway imports an adapter",
    "server/src/gateway/a.ts",
    `import { x } from "../adapters/x.ts";`,
    "gateway knows no feature",
  ],
  [
    "an adapter imports the gateway",
    "server/src/adapters/a.ts",
    `import { x } from "../gateway/x.ts";`,
    "an adapter may import",
  ],
  [
    "a path into another package",
    "server/src/main.ts",
    `import { x } from "../../protocol/src/index.ts";`,
    "by its name",
  ],
  ["the server imports the client", "server/src/main.ts", `import { x } from "@homeroom/web/app.ts";`, "never web"],
  ["a rule imports kysely", "server/src/features/x/x.ts", `import { sql } from "kysely";`, "only they import kysely"],
  [
    "a rule imports kysely's types",
    "server/src/features/x/x.ts",
    `import type { Kysely } from "kysely";`,
    "only they import kysely",
  ],
  [
    "kit imports kysely to run it",
    "server/src/kit/action.ts",
    `import { Kysely } from "kysely";`,
    "only they import kysely",
  ],
  [
    "a rule builds a query",
    "server/src/features/x/x.ts",
    `export const all = (db) => db\n  .selectFrom("room").execute();`,
    "builds a query",
  ],
  ["a rule writes SQL", "server/src/main.ts", "export const one = sql`select 1`;", "builds a query"],
  [
    "the client's kit imports a feature",
    "web/src/kit/a.ts",
    `import { x } from "../features/x/x.tsx";`,
    "web/kit knows no chat",
  ],
  [
    "the design system imports a feature",
    "web/src/ui/a.tsx",
    `import { x } from "../features/x/x.tsx";`,
    "web/ui knows no chat",
  ],
  [
    "the design system imports a screen",
    "web/src/ui/a.tsx",
    `import { x } from "../app/app.tsx";`,
    "web/ui knows no chat",
  ],
  [
    "a client feature imports another",
    "web/src/features/x/x.tsx",
    `import { y } from "../y/y.ts";`,
    "features meet in web/app",
  ],
  [
    "a client feature imports a screen",
    "web/src/features/x/x.tsx",
    `import { y } from "../../app/app.tsx";`,
    "features meet in web/app",
  ],
  [
    "a screen imports react-bootstrap",
    "web/src/app/a.tsx",
    `import { Modal } from "react-bootstrap";`,
    "design system",
  ],
  [
    "a feature imports a part of react-bootstrap",
    "web/src/features/x/x.tsx",
    `import Modal from "react-bootstrap/Modal";`,
    "design system",
  ],
  ["the client imports Node", "web/src/kit/a.ts", `import { join } from "node:path";`, "no node:*"],
];

test.each(broken)("is refused: %s", (_rule, file, text, says) => {
  const errors = errorsOf({ [file]: text });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(file);
  expect(errors[0]).toContain(says);
});

test("what the table allows passes", () => {
  const allowed = {
    "protocol/src/kit/sizes.ts": `export const size = 1;`,
    "protocol/src/index.ts": `import { z } from "zod";\nimport { x } from "@asteasolutions/zod-to-openapi";\nimport { size } from "./kit/sizes.ts";`,
    "server/src/kit/ports.ts": `import type { Config } from "../config.ts";\nimport type { Kysely } from "kysely";\nimport { EventEmitter } from "node:events";`,
    "server/src/kit/log.ts": `import { sql } from "kysely";\nexport const one = sql\`select 1\`;`,
    "server/src/features/y/y.ts": `import { all } from "./y.store.ts";\nimport { z } from "@homeroom/protocol";`,
    "server/src/features/y/y.store.ts": `import type { Kysely } from "kysely";\nexport const all = (db) => db.selectFrom("y");`,
    "server/src/features/x/x.ts": `import { y } from "../y/y.ts";\nimport { p } from "../../kit/ports.ts";`,
    "server/src/features/x/x.test.ts": `import { all } from "../y/y.store.ts";\nimport { hub } from "../../gateway/hub.ts";`,
    "server/src/main.ts": `import "./features/x/x.ts";\nimport { hub } from "./gateway/hub.ts";`,
    "web/src/ui/modal.tsx": `import { Modal } from "react-bootstrap";`,
    "web/src/features/x/x.tsx": `import { size } from "@homeroom/protocol/kit/sizes.ts";\nimport type { Room } from "@homeroom/protocol";`,
    "web/src/app/app.tsx": `import { x } from "../features/x/x.tsx";`,
  };
  expect(errorsOf(allowed)).toEqual([]);
});

describe("zod stays out of the browser", () => {
  const protocol = {
    "protocol/src/index.ts": `export { room } from "./room.ts";`,
    "protocol/src/room.ts": `import { z } from "zod";\nexport const room = z.object({});`,
    "protocol/src/plain.ts": `import type { z } from "zod";\nexport const plain = 1;`,
  };

  test("a value from a file that leads to zod is refused", () => {
    const errors = errorsOf({ ...protocol, "web/src/kit/api.ts": `import { room } from "@homeroom/protocol";` });
    expect(errors.join()).toContain("zod stays out");
  });

  test("types, and values of a file without zod, pass", () => {
    const text = `import type { room } from "@homeroom/protocol";\nimport { type A, type B } from "@homeroom/protocol";\nimport { plain } from "@homeroom/protocol/plain.ts";`;
    expect(errorsOf({ ...protocol, "web/src/kit/api.ts": text })).toEqual([]);
  });

  test("one value among types is still a value", () => {
    const text = `import { type A, room } from "@homeroom/protocol";`;
    expect(errorsOf({ ...protocol, "web/src/kit/api.ts": text }).join()).toContain("zod stays out");
  });
});

describe("circles", () => {
  test("imports in a circle are refused, however long it is", () => {
    const errors = errorsOf({
      "server/src/kit/a.ts": `import { b } from "./b.ts";`,
      "server/src/kit/b.ts": `import { c } from "./c.ts";`,
      "server/src/kit/c.ts": `import { a } from "./a.ts";`,
    });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain("circle");
  });

  test("a circle of types alone is erased, and passes", () => {
    const errors = errorsOf({
      "server/src/kit/a.ts": `import { b } from "./b.ts";`,
      "server/src/kit/b.ts": `import type { A } from "./a.ts";`,
    });
    expect(errors).toEqual([]);
  });
});

test("a file of 400 lines passes, one of 401 is refused", () => {
  expect(errorsOf({ "web/src/kit/a.ts": "export {};\n".repeat(400) })).toEqual([]);
  expect(errorsOf({ "web/src/kit/a.ts": "export {};\n".repeat(401) }).join()).toContain("split it");
});
