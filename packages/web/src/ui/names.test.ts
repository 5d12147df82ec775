import { describe, expect, test } from "vitest";
import { colourOf, fnv1a } from "./colour.ts";
import { initialsOf, shortName } from "./names.ts";
import { tileFace } from "./tile.tsx";

describe("names and colours", () => {
  test("initials are those of the first and the last word, without titles", () => {
    expect(initialsOf("Dr. Miriam Vogel")).toBe("MV");
    expect(initialsOf("Linh Thi Nguyen")).toBe("LN");
    expect(initialsOf("Cher")).toBe("C");
    expect(initialsOf("élodie øst")).toBe("ÉØ");
  });

  test("a person is called by the first name, a teacher as the school writes them", () => {
    expect(shortName("Linh Nguyen")).toBe("Linh");
    expect(shortName("Dr. Vogel")).toBe("Dr. Vogel");
  });

  test("a name of nothing but a title is kept", () => {
    expect(initialsOf("Dr. ")).toBe("D");
  });

  test("the colour hash is FNV-1a", () => {
    expect(fnv1a("")).toBe(0x811c9dc5);
    expect(fnv1a("a")).toBe(0xe40c292c);
    expect(colourOf(1)).toBe(colourOf("1"));
  });

  test("a tile shows the emoji that the name starts with, or else its first letter or digit", () => {
    expect(tileFace("🧑‍🔬 Science")).toEqual({ face: "🧑‍🔬", letter: false });
    expect(tileFace("🇩🇪 German")).toEqual({ face: "🇩🇪", letter: false });
    expect(tileFace("(new) room")).toEqual({ face: "N", letter: true });
    expect(tileFace("9b")).toEqual({ face: "9", letter: true });
  });
});
