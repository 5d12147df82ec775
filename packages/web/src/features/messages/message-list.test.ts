import { describe, expect, test } from "vitest";
import { nextMessage } from "./list-focus.ts";
import { messageActions } from "./message-actions.tsx";
import { namesLine } from "./reaction-chips.tsx";

describe("moving through the message list with the keyboard", () => {
  // a day's line at 0, then messages of 50 px; another line at 5
  const messages = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11];
  const next = (key: string, at: number) => nextMessage(key, at, messages, (index) => index * 50, 200);

  test("arrows pass over what is no message", () => {
    expect(next("ArrowDown", 4)).toBe(6);
    expect(next("ArrowUp", 6)).toBe(4);
    expect(next("ArrowUp", 1)).toBe(1);
    expect(next("ArrowDown", 11)).toBe(11);
    expect(next("Home", 6)).toBe(1);
    expect(next("End", 6)).toBe(11);
  });

  test("a page is a little less than what is in view", () => {
    expect(next("PageDown", 1)).toBe(4);
    expect(next("PageUp", 11)).toBe(8);
    expect(next("PageUp", 2)).toBe(1);
    expect(next("PageDown", 10)).toBe(11);
  });

  test("a page is at least one message, however high that is", () => {
    const high = (key: string, at: number) => nextMessage(key, at, [0, 1, 2], (index) => index * 900, 300);
    expect(high("PageDown", 0)).toBe(1);
    expect(high("PageUp", 2)).toBe(1);
  });

  test("from the list itself all of them go to the newest, but Home", () => {
    expect(next("ArrowUp", -1)).toBe(11);
    expect(next("PageUp", -1)).toBe(11);
    expect(next("Home", -1)).toBe(1);
    expect(nextMessage("ArrowUp", -1, [], () => 0, 200)).toBeNull();
    expect(next("x", 3)).toBeNull();
  });
});

describe("who reacted", () => {
  const names: Record<number, string> = { 1: "Aylin", 2: "Noah", 3: "Linh" };
  const line = (ids: number[], count = ids.length) => namesLine(ids, count, 9, (id) => names[id]);

  test("by name, and me at the end", () => {
    expect(line([1])).toBe("Aylin");
    expect(line([9])).toBe("you");
    expect(line([9, 1, 2])).toBe("Aylin, Noah and you");
  });

  test("who is not known is counted", () => {
    expect(line([1, 2, 7])).toBe("Aylin, Noah and 1 other");
    expect(line([1], 4)).toBe("Aylin and 3 others");
    expect(line([7, 8])).toBe("2 others");
    expect(line([])).toBe("");
  });
});

test("what one may not do with a message is absent", () => {
  const run = () => {};
  const labels = messageActions({ onReply: run, onEdit: run, onPin: run, isPinned: true, onDelete: run });
  expect(labels.map(({ label }) => label)).toEqual(["Reply with quote", "Edit", "Unpin", "Delete"]);
  expect(messageActions({})).toEqual([]);
});
