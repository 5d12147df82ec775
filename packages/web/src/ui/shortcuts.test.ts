import { describe, expect, it } from "vitest";
import { ariaKeysOf, facesOf, keysOf, shortcutOf, shortcuts } from "./shortcuts.ts";

const press = (key: string, more: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
};

describe("the table of keys", () => {
  it("gives no combination two meanings in one part of the page", () => {
    const seen = shortcuts.flatMap(({ where, keys }) => keys.map((key) => `${where} ${key}`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("knows a combination by all of its keys", () => {
    expect(shortcutOf("anywhere", press("k", { ctrlKey: true }), false)).toBe("switcher");
    expect(shortcutOf("anywhere", press("K", { ctrlKey: true, shiftKey: true }), false)).toBeNull();
    expect(shortcutOf("anywhere", press("k"), false)).toBeNull();
    expect(shortcutOf("anywhere", press("ArrowUp", { altKey: true }), false)).toBe("room-before");
    expect(shortcutOf("anywhere", press("ArrowUp", { altKey: true, shiftKey: true }), false)).toBe("unread-before");
    expect(shortcutOf("list", press("+", { shiftKey: true }), false)).toBe("react");
    expect(shortcutOf("anywhere", press("?", { shiftKey: true }), false)).toBe("sheet");
  });

  it("takes the command key on Apple's machines", () => {
    expect(shortcutOf("anywhere", press("k", { metaKey: true }), true)).toBe("switcher");
    expect(shortcutOf("anywhere", press("k", { ctrlKey: true }), true)).toBeNull();
    expect(facesOf("Mod+K", true)).toEqual(["⌘", "K"]);
    expect(facesOf("Alt+Shift+ArrowUp", false)).toEqual(["Alt", "Shift", "↑"]);
    expect(facesOf("+", false)).toEqual(["+"]);
    expect([keysOf("switcher"), ariaKeysOf("Mod+K", true), ariaKeysOf("Mod+K", false)]).toEqual([
      "Mod+K",
      "Meta+K",
      "Control+K",
    ]);
  });
});
