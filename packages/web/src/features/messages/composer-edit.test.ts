// Tests of marks around words, links by pasting, and what is put in at the caret.
import { describe, expect, test } from "vitest";
import { insertAt, type Mark, pasteLink, type TextEdit, toggleMark } from "./composer-edit.ts";

/** "a [word] b" is a text with its selection; the answer is written the same way. */
function at(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  return { text: marked.replace("[", "").replace("]", ""), start, end };
}

function shown(text: string, { from, to, text: put, selection }: TextEdit): string {
  const after = text.slice(0, from) + put + text.slice(to);
  return `${after.slice(0, selection.start)}[${after.slice(selection.start, selection.end)}]${after.slice(selection.end)}`;
}

function toggled(marked: string, mark: Mark): string {
  const { text, ...selection } = at(marked);
  return shown(text, toggleMark(text, selection, mark));
}

describe("marks", () => {
  test("go around the selected words, which stay selected", () => {
    expect(toggled("a [word] b", "**")).toBe("a **[word]** b");
    expect(toggled("a [word] b", "*")).toBe("a *[word]* b");
    expect(toggled("a [word] b", "`")).toBe("a `[word]` b");
    expect(toggled("a [word] b", "~~")).toBe("a ~~[word]~~ b");
  });

  test("go away when they stand around the selection or at its ends", () => {
    expect(toggled("a **[word]** b", "**")).toBe("a [word] b");
    expect(toggled("a [**word**] b", "**")).toBe("a [word] b");
    expect(toggled("a `[word]` b", "`")).toBe("a [word] b");
  });

  test("bold and italic do not take each other for their own", () => {
    expect(toggled("**[word]**", "*")).toBe("***[word]***");
    expect(toggled("*[word]*", "**")).toBe("***[word]***");
    expect(toggled("***[word]***", "*")).toBe("**[word]**");
    expect(toggled("***[word]***", "**")).toBe("*[word]*");
  });

  test("leave the spaces at the ends of a selection outside", () => {
    expect(toggled("a[ word ]b", "**")).toBe("a **[word]** b");
  });

  test("with nothing selected the caret waits between them, and a second press takes them away", () => {
    expect(toggled("a [] b", "**")).toBe("a **[]** b");
    expect(toggled("a **[]** b", "**")).toBe("a [] b");
  });
});

describe("pasting an address", () => {
  const pasted = (marked: string, url: string) => {
    const { text, ...selection } = at(marked);
    const edit = pasteLink(text, selection, url);
    return edit && shown(text, edit);
  };

  test("over words makes a link of them", () => {
    expect(pasted("see [this page] now", "https://a.example/x")).toBe("see [this page](https://a.example/x)[] now");
    expect(pasted("[it]", " https://a.example/x_(y)\n")).toBe("[it](https://a.example/x_%28y%29)[]");
    expect(pasteLink("a]b", { start: 0, end: 3 }, "https://a.example")?.text).toBe("[a\\]b](https://a.example)");
  });

  test("is a plain paste without a selection, over an address, and for anything else", () => {
    expect(pasted("see []", "https://a.example")).toBeNull();
    expect(pasted("[https://b.example]", "https://a.example")).toBeNull();
    expect(pasted("[this]", "javascript:alert(1)")).toBeNull();
    expect(pasted("[this]", "https://a.example and more")).toBeNull();
    expect(pasteLink("two\nlines", { start: 0, end: 9 }, "https://a.example")).toBeNull();
  });
});

test("what is put in replaces the selection, and the caret stands after it", () => {
  expect(shown("a b c", insertAt({ start: 2, end: 3 }, "🎉"))).toBe("a 🎉[] c");
});
