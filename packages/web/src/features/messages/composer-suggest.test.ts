// Tests of what the composer offers while somebody types @, : or #.
import type { UserCard } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { suggestPeople, suggestRooms, triggerAt } from "./composer-suggest.ts";

const ALL = ["person", "emoji", "room"] as const;

/** The caret stands where the text ends. */
function asked(text: string): string | null {
  const trigger = triggerAt(text, text.length, ALL);
  return trigger && `${trigger.kind} ${trigger.query}`;
}

const card = (id: number, display_name: string, username: string, role: UserCard["role"] = "student"): UserCard => ({
  id,
  username,
  display_name,
  role,
  avatar_url: null,
});

const people = [
  card(1, "Mia Lehmann", "mia.lehmann"),
  card(2, "José Álvarez", "jose"),
  card(3, "Dr. Miriam Vogel", "vogel", "teacher"),
  card(4, "Emil Mirkovic", "emil"),
  card(5, "Anna Smith", "asmith"),
];
const names = (query: string) => suggestPeople(people, query).map(({ label }) => label);

describe("asking for something", () => {
  test("begins with a sign at the beginning of a word", () => {
    expect(asked("@")).toBe("person ");
    expect(asked("Thank you @mi")).toBe("person mi");
    expect(asked("(@Éva")).toBe("person Éva");
    expect(asked("see #Bio")).toBe("room Bio");
    expect(asked("good :tad")).toBe("emoji tad");
    expect(asked("🎉:+1")).toBe("emoji +1");
  });

  test("does not begin in addresses, times and the middle of words", () => {
    expect(asked("write to me@school")).toBeNull();
    expect(asked("at 10:30")).toBeNull();
    expect(asked("https://school.example/#part")).toBeNull();
    expect(asked("http:")).toBeNull();
    expect(asked("C#")).toBeNull();
    expect(asked("std::vector")).toBeNull();
  });

  test("of an emoji needs two letters", () => {
    expect(asked(":t")).toBeNull();
    expect(asked(":D")).toBeNull();
    expect(asked(":ta")).toBe("emoji ta");
  });

  test("may go on into a second name, and the sign next to the caret counts", () => {
    expect(asked("@anna sm")).toBe("person anna sm");
    expect(asked("@anna :sm")).toBe("emoji sm");
    expect(asked("#room @an")).toBe("person an");
  });

  test("is about the text before the caret only, and about what is there to offer", () => {
    expect(triggerAt("@mi and more", 3, ALL)).toEqual({ kind: "person", start: 0, end: 3, query: "mi" });
    expect(triggerAt("@mi", 3, ["emoji"])).toBeNull();
  });
});

describe("people", () => {
  test("are found by the beginning of any of their names, then inside; staff first among equals", () => {
    expect(names("mi")).toEqual(["Dr. Miriam Vogel", "Emil Mirkovic", "Mia Lehmann", "Anna Smith"]);
    expect(names("vog")).toEqual(["Dr. Miriam Vogel"]);
    expect(names("")[0]).toBe("Dr. Miriam Vogel");
  });

  test("are found without accents and case, and by their user name", () => {
    expect(names("alv")).toEqual(["José Álvarez"]);
    expect(names("JOSÉ")).toEqual(["José Álvarez"]);
    expect(names("asm")).toEqual(["Anna Smith"]);
  });

  test("are found by two names; a space that follows a name ends the asking", () => {
    expect(names("anna sm")).toEqual(["Anna Smith"]);
    expect(names("anna ")).toEqual([]);
    expect(names("anna said")).toEqual([]);
  });

  test("are put in by their user name, which is what the server knows them by", () => {
    expect(suggestPeople(people, "mia")[0]?.text).toBe("@mia.lehmann");
  });

  test("are eight at most", () => {
    const many = Array.from({ length: 30 }, (_, index) => card(index, `Kim ${index}`, `kim${index}`));
    expect(suggestPeople(many, "kim")).toHaveLength(8);
  });
});

test("rooms are found by any of their words", () => {
  const rooms = [
    { id: 1, name: "Biology 9b" },
    { id: 2, name: "Marine biology" },
    { id: 3, name: "Art" },
  ];
  expect(suggestRooms(rooms, "bio").map(({ text }) => text)).toEqual(["#Biology 9b", "#Marine biology"]);
});
