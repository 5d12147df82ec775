import { expect, it } from "vitest";
import { pastedFiles } from "./composer-files.tsx";

const pasted = (text: string, ...names: string[]) => {
  const files = names.map((name) => ({ name }));
  const clipboardData = { files, getData: () => text } as unknown as DataTransfer;
  return pastedFiles({ clipboardData }).map(({ name }) => name);
};

it("what is pasted are files, unless words come with them that are not just their names", () => {
  expect(pasted("", "image.png")).toEqual(["image.png"]);
  expect(pasted("a.pdf\nb.pdf", "a.pdf", "b.pdf")).toEqual(["a.pdf", "b.pdf"]);
  expect(pasted("1\t2", "table.png")).toEqual([]);
  expect(pasted("only words")).toEqual([]);
});
