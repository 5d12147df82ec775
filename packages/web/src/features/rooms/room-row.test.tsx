import type { PrivateThread, RoomCard, UserCard } from "@homeroom/protocol";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { PrivateRow } from "./private-row.tsx";
import { isLike, privateRow, type RoomRowItem, strangerRow } from "./room-row-item.ts";
import { byName } from "./room-order.ts";
import { RoomRow } from "./room-row.tsx";
import { RoomsSection } from "./rooms-section.tsx";

const nothing = () => undefined;
const item = (more: Partial<RoomRowItem> = {}): RoomRowItem => ({
  id: 12,
  name: "🔭 Physics 10",
  locked: false,
  unread: 0,
  mentions: 0,
  ...more,
});

const row = (more: Partial<RoomRowItem>, active = false): string =>
  renderToStaticMarkup(
    <RoomRow item={item(more)} active={active} href="/rooms/12" onOpen={nothing} onJoin={nothing} onAsk={nothing} />,
  );
const nameOf = (html: string) => /aria-label="([^"]*)"/.exec(html)?.[1];

describe("a row of the rooms list", () => {
  test("its name begins with the room's and says what is new", () => {
    expect(nameOf(row({ unread: 3, mentions: 1 }))).toBe("🔭 Physics 10, 3 unread, 1 mention");
    expect(nameOf(row({ requests: 2, draft: true }))).toBe("🔭 Physics 10, 2 join requests, draft");
  });

  test("unread is bold with a number, a mention counts before it, and 99 is enough", () => {
    expect(row({ unread: 3 })).toContain("is-unread");
    expect(row({ unread: 3 })).toContain(">3</span>");
    expect(row({ unread: 30, mentions: 120 })).toContain(">@99+</span>");
  });

  test("a quiet room is dim and has no number", () => {
    const html = row({ unread: 7, muted: true });
    expect(html).toContain("is-muted");
    expect(html).not.toContain("is-unread");
    expect(html).not.toContain("hr-count");
  });

  test("the open room shows no number of its own, but those who wait", () => {
    expect(row({ unread: 3 }, true)).not.toContain("hr-count");
    expect(row({ unread: 3, requests: 2 }, true)).toContain("is-go");
  });

  test("a draft has a pencil, and its word where there is room", () => {
    expect(row({ draft: true })).toContain("Draft");
    expect(row({ draft: true, unread: 2 })).toContain("lucide-pencil");
  });

  test("its end says how one gets in", () => {
    expect(row({ end: "join" })).toContain("Join</button>");
    expect(row({ end: "joining" })).toContain('aria-busy="true"');
    expect(row({ end: "ask" })).toContain("Ask to join</button>");
    expect(row({ end: "asked" })).toContain("Asked</button>");
    expect(row({ end: "full" })).toMatch(/<button[^>]*disabled[^>]*>Full/);
  });
});

const user: UserCard = { id: 1, username: "me", display_name: "Me", role: "student", avatar_url: null };
const other: UserCard = { ...user, id: 2, display_name: "Aylin Demir" };

describe("a room that one is not in", () => {
  const stranger: RoomCard = {
    id: 41,
    name: "Chess",
    description: "",
    host: other,
    public: true,
    discoverable: true,
    is_active: true,
    participant_count: 5,
    max_participants: 30,
    my_role: null,
    join_request: null,
  };

  test("is joined if it is open, unless one was removed from it", () => {
    expect(strangerRow(stranger).end).toBe("join");
    expect(strangerRow(stranger, { busy: true }).end).toBe("joining");
    expect(strangerRow(stranger, { removed: true }).end).toBe("ask");
    expect(strangerRow({ ...stranger, participant_count: 30 }).end).toBe("full");
  });
});

describe("a private chat in the list", () => {
  const thread = {
    id: 5,
    room: 11,
    owner_message: null,
    user1: user,
    user2: other,
    is_active: true,
    epoch: "e",
    last_seq: 2,
    unread_count: 2,
    last_message: null,
    created_at: "2026-11-22T10:00:00.000Z",
  } as PrivateThread;

  test("is named after the other person, with its room and what is new", () => {
    const shown = privateRow(thread, user, { room: "Biology 9b", presence: "away" });
    const html = renderToStaticMarkup(<PrivateRow item={shown} active={false} href="/private/5" onOpen={nothing} />);
    expect(html).toContain('aria-label="Aylin Demir, Biology 9b, private chat, 2 unread"');
    expect(html).toContain('<span class="hr-vh">away</span>');
  });

  test("says that it was closed", () => {
    const shown = privateRow({ ...thread, is_active: false }, user, { room: "", presence: "offline" });
    const html = renderToStaticMarkup(<PrivateRow item={shown} active={false} href="/private/5" onOpen={nothing} />);
    expect(html).toContain(", closed");
  });
});

describe("the list", () => {
  test("a folded part keeps what is new on its heading", () => {
    const section = (folded: boolean) =>
      renderToStaticMarkup(
        <RoomsSection name="rooms" title="My rooms" folded={folded} unread={5} mentions={0} onFold={nothing}>
          rows
        </RoomsSection>,
      );
    expect(section(true)).toContain('aria-expanded="false"');
    expect(section(true)).toContain("My rooms, 5 unread");
    expect(section(false)).not.toContain("5 unread");
  });

  test("a filter finds words anywhere in the name, whatever the case and the accents", () => {
    expect(isLike("Zeynep Çelik Biology 9b", "celik bio")).toBe(true);
    expect(isLike("Physics 10 · Optics", "chem")).toBe(false);
  });

  test("rooms stand in the order of their names, whatever emoji is in front", () => {
    const names = ["🎭 Theatre", "10a", "9b", "♟️ Chess"].map((name) => ({ name }));
    expect(names.toSorted(byName).map(({ name }) => name)).toEqual(["9b", "10a", "♟️ Chess", "🎭 Theatre"]);
  });
});
