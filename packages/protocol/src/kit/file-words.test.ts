import { expect, it } from "vitest";
import { fileWords } from "./file-words.ts";

const picture = { kind: "image", name: "leaf.png" } as const;
const paper = { kind: "document", name: "plan.pdf" } as const;
const voice = { kind: "voice", name: "voice-message.webm" } as const;

it("a message without words is called by what its files are", () => {
  expect(fileWords([])).toBe("");
  expect(fileWords([picture])).toBe("Picture");
  expect(fileWords([picture, picture, picture])).toBe("3 pictures");
  expect(fileWords([paper])).toBe("Document: plan.pdf");
  expect(fileWords([paper, paper])).toBe("2 documents");
  expect(fileWords([voice])).toBe("Voice message");
  expect(fileWords([paper, picture, picture])).toBe("2 pictures, Document: plan.pdf");
});
