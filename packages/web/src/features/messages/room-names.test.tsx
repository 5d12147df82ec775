// "#Room name" leads to a room that the reader knows, and everything else stays the text it is.
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { MessageText } from "./message-text.tsx";
import { roomFinder, withRooms } from "./room-names.ts";

const rooms = [
  { id: 1, name: "Physics" },
  { id: 2, name: "Physics 10" },
  { id: 3, name: "🔭 Sky & stars" },
  { id: 4, name: "Chess" },
  { id: 5, name: "Chess" },
];
const roomAt = roomFinder(rooms);
const ids = (text: string) => withRooms(text, roomAt).flatMap((part) => (typeof part === "string" ? [] : [part.id]));
const markup = (text: string) =>
  renderToStaticMarkup(
    <MessageText text={text} roomWays={{ roomAt, hrefOf: (id) => `/rooms/${id}`, onOpen: () => undefined }} />,
  );

describe("a room's name after #", () => {
  test("is found as a whole, the longer name first, up to the end of a word", () => {
    expect(withRooms("see #Physics 10, then #Physics.", roomAt)).toEqual(["see ", rooms[1], ", then ", rooms[0], "."]);
    expect(ids("#🔭 Sky & stars!")).toEqual([3]);
    expect([ids("#Physicsroom"), ids("#Physics 101"), ids("#physics")]).toEqual([[], [1], []]);
  });

  test("is not looked for in words and addresses, and a name of two rooms is no room's", () => {
    for (const text of ["a#Physics", "/#Physics", "##Physics", "#Chess", "# Physics", "Physics"]) {
      expect(withRooms(text, roomAt)).toEqual([text]);
    }
  });

  test("is a link to the room, with other marks around it", () => {
    const link = '<a class="hr-mention" href="/rooms/1">#<bdi>Physics</bdi></a>';
    expect(markup("in #Physics")).toBe(`<div class="hr-text"><p dir="auto">in ${link}</p></div>`);
    expect(markup("**#Physics**")).toContain(`<strong>${link}</strong>`);
  });

  test("leads nowhere in code or within another link", () => {
    expect(markup("`#Physics`")).not.toContain("/rooms/");
    expect(markup("[#Physics](https://a.example/)")).not.toContain("/rooms/");
    expect(markup("https://a.example/x-#Physics")).not.toContain("/rooms/");
  });

  test("is named for ever without costing time", { timeout: 5_000 }, () => {
    expect(ids("#Physics ".repeat(1_200))).toHaveLength(50);
  });
});
