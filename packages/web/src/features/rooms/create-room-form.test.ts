import { describe, expect, test } from "vitest";
import { nameProblem } from "./room-name-field.tsx";
import { placesOf, placesProblem, summaryOf, usualOptions } from "./room-options.tsx";

describe("a new room", () => {
  test("its name has 3 to 100 characters, and spaces around it do not count", () => {
    expect(nameProblem("  9b ")).toContain("3 to 100");
    expect(nameProblem(" 🫀9b ")).toBeNull();
    expect(nameProblem("x".repeat(101))).not.toBeNull();
  });

  test("it has 2 to 1,000 places", () => {
    expect(placesOf(" 30 ")).toBe(30);
    for (const wrong of ["1", "1001", "", "ten", "3.5", "-4"]) expect(placesProblem(wrong)).toContain("1,000");
  });

  test("one line says how it is set", () => {
    expect(summaryOf(usualOptions)).toBe("Files and voice on · up to 1,000 people");
    expect(summaryOf({ ...usualOptions, allow_uploads: false, places: "30", slow_mode_s: 60 })).toBe(
      "Voice on · up to 30 people · slow mode 1 min",
    );
    expect(summaryOf({ ...usualOptions, allow_uploads: false, allow_voice: false, places: "?" })).toBe("Text only");
  });
});
