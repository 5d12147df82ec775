import { describe, expect, test } from "vitest";
import { passwordStrength } from "./password-strength.ts";

describe("password strength", () => {
  test("says how many characters are missing", () => {
    expect(passwordStrength("abcdefg")).toEqual({ bars: 1, text: "1 more character." });
    expect(passwordStrength("abc").text).toBe("5 more characters.");
  });

  test("what everybody tries first is weak however it ends", () => {
    expect(passwordStrength("password1").bars).toBe(1);
    expect(passwordStrength("aaaaaaaaaaaaaaaaaaaa").bars).toBe(1);
  });

  test("three random words are very good", () => {
    expect(passwordStrength("drei-kleine-w").bars).toBe(3);
    expect(passwordStrength("moss lantern kayak").bars).toBe(4);
  });
});
