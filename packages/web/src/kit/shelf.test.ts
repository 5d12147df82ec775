// Storage that is forbidden or full costs nobody the page.
import { describe, expect, it } from "vitest";
import { createShelf, isNumber, readList, type Shelf } from "./shelf.ts";

const forbidden = (): Shelf => {
  throw new Error("SecurityError");
};

describe("what the device keeps", () => {
  it("lasts as long as the page where storage is forbidden", () => {
    const shelf = createShelf(forbidden);
    shelf.setItem("a", "1");
    expect([shelf.getItem("a"), shelf.getItem("b"), shelf.length, shelf.key(0)]).toEqual(["1", null, 1, "a"]);
    shelf.removeItem("a");
    expect(shelf.getItem("a")).toBeNull();
  });

  it("is the newer value where storage is full", () => {
    const full: Shelf = {
      getItem: () => "old",
      setItem() {
        throw new Error("QuotaExceededError");
      },
      removeItem: () => undefined,
      key: () => "a",
      length: 1,
    };
    const shelf = createShelf(() => full);
    shelf.setItem("a", "new");
    expect([shelf.getItem("a"), shelf.length]).toEqual(["new", 1]);
  });

  it("reads lists, and nothing else", () => {
    const shelf = createShelf(forbidden);
    shelf.setItem("list", '[1,"x",2]');
    shelf.setItem("broken", "[1");
    shelf.setItem("other", '{"a":1}');
    expect(["list", "broken", "other", "none"].map((key) => readList(shelf, key, isNumber))).toEqual([
      [1, 2],
      [],
      [],
      [],
    ]);
  });
});
