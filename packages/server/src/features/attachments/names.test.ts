// What becomes of the names that files come with.
import { SIZES } from "@homeroom/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanName } from "./names.ts";

const TEXT = "text/plain";

test.each([
  ["notes.txt", TEXT, "notes.txt"],
  ["Größe 1.TXT", TEXT, "Größe 1.TXT"],
  ["../../etc/passwd", TEXT, "passwd.txt"],
  ["C:\\Users\\ada\\notes.txt", TEXT, "notes.txt"],
  ["evil.html", TEXT, "evil.html.txt"],
  ["photo.exe", "image/png", "photo.exe.png"],
  ["photo.jpeg", "image/jpeg", "photo.jpeg"],
  ["report\u202Etxt.exe", TEXT, "reporttxt.exe.txt"],
  ["a\u0000b\r\n\tc.txt", TEXT, "abc.txt"],
  ["zero\u200Bwidth.txt", TEXT, "zerowidth.txt"],
  ["what?.txt", TEXT, "what_.txt"],
  ["  .hidden.txt. ", TEXT, "hidden.txt"],
  ["", "application/pdf", "file.pdf"],
  ["...", "application/pdf", "file.pdf"],
  [".pdf", "application/pdf", "pdf.pdf"],
  ["CON", TEXT, "_CON.txt"],
  ["lpt1.txt", TEXT, "_lpt1.txt"],
  ["nul .tar.txt", TEXT, "_nul .tar.txt"],
  ["console.txt", TEXT, "console.txt"],
  [`o${"\u0316".repeat(90)}.txt`, TEXT, `o${"\u0316".repeat(6)}.txt`],
  ["two\n\nlines   wide.pdf", "application/pdf", "twolines wide.pdf"],
])("%j of %s is called %j", (told, mime, name) => {
  expect(cleanName(told, mime)).toBe(name);
});

test("a long name is cut in its middle and keeps its ending", () => {
  const name = cleanName(`${"a".repeat(300)}${"z".repeat(300)}.pdf`, "application/pdf");
  expect([...name].length).toBe(SIZES.file_name);
  expect(name).toMatch(/^a+…z+\.pdf$/);
});

test("whatever it was, it is one line within its length, with its ending, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (told) => {
      const name = cleanName(told, "image/png");
      expect([...name].length).toBeLessThanOrEqual(SIZES.file_name);
      expect(name).toMatch(/\.png$/i);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(cleanName(name, "image/png")).toBe(name);
    }),
  );
});
