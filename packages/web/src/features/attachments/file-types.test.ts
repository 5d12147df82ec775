import { describe, expect, it } from "vitest";
import { kindOf, refusalOf, shownName, sizeText, sortOut } from "./file-types.ts";

const file = (name: string, size = 1_000, type = "") => ({ name, size, type });
const MB = 1024 * 1024;

describe("which files can be shared", () => {
  it("is told by the end of the name, whatever its case", () => {
    const names = ["A.PNG", "b.jpeg", "c.pdf", "d.DocX", "e.csv", "f.zip", "g.mp3", "h.exe", "i.svg", "j.html", "png"];
    const kinds = ["image", "image", "document", "document", "document", "document", "voice", null, null, null, null];
    expect(names.map((name) => kindOf(file(name)))).toEqual(kinds);
  });

  it("is told by the browser where a pasted picture has no name", () => {
    expect(kindOf(file("image", 9, "image/png"))).toBe("image");
    expect(kindOf(file("image", 9, "image/svg+xml"))).toBe(null);
  });

  it("names the limit, the file and its size, and shows no marks that turn its name round", () => {
    expect(refusalOf(file("film.mov", 412 * MB))).toBe("“film.mov” is 412 MB. The limit here is 25 MB.");
    expect(refusalOf(file("notes.txt", 25 * MB))).toBe(null);
    expect(refusalOf(file("notes.txt", 0))).toBe("“notes.txt” is empty.");
    expect(refusalOf(file("gpj.\u202Eexe"))).toMatch(/^“gpj.exe” cannot be shared/);
    expect(shownName("a\u202Ecod.exe")).toBe("acod.exe");
  });

  it("stops at ten for one message, and tells of all that is wrong", () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.pdf`));
    const { accepted, refusal } = sortOut([file("a.exe"), file("b.exe"), ...many], 3);
    expect(accepted.map(({ name }) => name)).toEqual(many.slice(0, 7).map(({ name }) => name));
    expect(refusal).toContain("“a.exe” cannot be shared");
    expect(refusal).toContain("One more file was left out.");
    expect(refusal).toContain("A message takes 10 files at most.");
    expect(sortOut([file("a.pdf")], 0).refusal).toBe(null);
  });
});

it("sizes are read as people say them", () => {
  const sizes = [1, 12, 2_048, 348_160, MB - 100, 2.1 * MB, 9.97 * MB, 412 * MB];
  const said = ["1 byte", "12 bytes", "2 kB", "340 kB", "1 MB", "2.1 MB", "10 MB", "412 MB"];
  expect(sizes.map(sizeText)).toEqual(said);
});
