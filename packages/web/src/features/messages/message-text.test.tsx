import { isValidElement } from "react";
import { describe, expect, test } from "vitest";
import { nextRow } from "./message-log.tsx";
import { linked } from "./message-text.tsx";

/** The text with each link in brackets. */
function shown(text: string): string {
  const parts = linked(text).map((part) =>
    isValidElement<{ href: string }>(part) ? `[${part.props.href}]` : (part as string),
  );
  return parts.join("");
}

describe("the words of a message", () => {
  test("web addresses become links, without the punctuation around them", () => {
    expect(shown("see https://a.example/x.")).toBe("see [https://a.example/x].");
    expect(shown("(https://a.example/x)")).toBe("([https://a.example/x])");
    expect(shown("https://a.example/x_(y) and http://b.example")).toBe(
      "[https://a.example/x_(y)] and [http://b.example]",
    );
  });

  test("nothing else becomes a link", () => {
    expect(shown("javascript:alert(1) data:text/html,x www.a.example <b>")).toBe(
      "javascript:alert(1) data:text/html,x www.a.example <b>",
    );
    expect(shown("https:// and http://")).toBe("https:// and http://");
  });

  test("a link tells the other side nothing", () => {
    const [link] = linked("https://a.example");
    expect(isValidElement(link) && link.props).toMatchObject({ target: "_blank", rel: "noopener noreferrer nofollow" });
  });
});

describe("moving through the message list with the keyboard", () => {
  test("from the list itself the arrows go to the newest message", () => {
    expect(nextRow("ArrowUp", -1, 5)).toBe(4);
    expect(nextRow("ArrowDown", -1, 5)).toBe(4);
  });

  test("arrows stop at both ends, Home and End jump there", () => {
    expect(nextRow("ArrowUp", 0, 5)).toBe(0);
    expect(nextRow("ArrowDown", 4, 5)).toBe(4);
    expect(nextRow("Home", 3, 5)).toBe(0);
    expect(nextRow("End", 3, 5)).toBe(4);
  });

  test("other keys, and an empty list, move nothing", () => {
    expect(nextRow("a", 1, 5)).toBeNull();
    expect(nextRow("ArrowUp", -1, 0)).toBeNull();
  });
});
