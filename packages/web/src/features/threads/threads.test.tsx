// The list of threads: what its items say, in which order, and what stands there while there is none.
import type { Message, PrivateThread, UserCard } from "@homeroom/protocol";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import { nextTab } from "../../ui/tabs.tsx";
import { privateItem, replyItem, shownItems, type ThreadItem, unreadItems } from "./thread-items.ts";
import { type ListStatus, type ThreadTab, ThreadsView } from "./threads-view.tsx";

const nothing = () => {};
const user = (id: number, display_name: string, role: UserCard["role"] = "student") =>
  fakeUser(id, { display_name, role });
const me = user(1, "Lena Hoffmann");
const teacher = user(2, "Dr. Katrin Seidel", "teacher");
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, "0")}:00:00.000Z`;

const root = (more: Partial<Message> = {}): Message =>
  fakeMessage(11, {
    sender: teacher,
    content: "Why are they **longer**?",
    replies: { count: 6, last_at: at(9), people: [me, teacher], unread_count: 2, following: true },
    created_at: at(8),
    ...more,
  });
const inBiology = { roomName: "Biology 7b", closed: false, text: "Why are they longer?" };

const chat = (more: Partial<PrivateThread> = {}): PrivateThread =>
  ({
    id: 4,
    room: 7,
    user1: me,
    user2: teacher,
    is_active: true,
    unread_count: 0,
    last_message: null,
    created_at: at(7),
    ...more,
  }) as PrivateThread;

const item = (id: number, hour: number, unread = 0): ThreadItem => ({
  ...replyItem(root({ id }), inBiology),
  at: at(hour),
  unread,
});

describe("an item", () => {
  test("of a room says whose words are answered, where, and by whom", () => {
    expect(replyItem(root(), inBiology)).toMatchObject({
      person: { id: 2, name: "Dr. Katrin Seidel", staff: true },
      room: { id: 7, name: "Biology 7b" },
      text: "Why are they longer?",
      replies: { count: 6, people: [{ id: 1 }, { id: 2 }] },
      at: at(9),
      unread: 2,
    });
  });

  test("says so when the message that is answered was deleted", () => {
    const deleted = replyItem(root({ deleted: true, content: "" }), { ...inBiology, text: "" });
    expect(deleted).toMatchObject({ text: "This message was deleted", isNote: true, replies: { count: 6 } });
  });

  test("of a private chat says with whom, and what was said last", () => {
    const last = { sender: me, content: "Thank you", created_at: at(10), deleted: false };
    const more = { me, roomName: "Biology 7b", text: "Thank you" };
    const item = privateItem(chat({ last_message: last as PrivateThread["last_message"] }), more);
    expect(item).toMatchObject({ person: { id: 2 }, text: "You: Thank you", at: at(10), replies: null, closed: false });
    const fresh = privateItem(chat({ is_active: false }), { ...more, text: "" });
    expect(fresh).toMatchObject({ text: "Nobody has written yet", isNote: true, at: at(7), closed: true });
  });
});

test("what is unread stands first, the newest activity before the older", () => {
  const items = [item(1, 8), item(2, 11), item(3, 9, 4), item(4, 10, 1)];
  expect(shownItems(items, "all").map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  expect(shownItems(items, "unread").map(({ id }) => id)).toEqual([4, 3]);
  expect(unreadItems(items)).toBe(2);
});

describe("the list", () => {
  const view = (tab: ThreadTab, status: ListStatus, items: ThreadItem[] = []) =>
    renderToStaticMarkup(
      <ThreadsView
        tab={tab}
        onTab={nothing}
        lists={{ rooms: { status, items }, private: { status, items: tab === "private" ? items : [] } }}
        hrefFor={(_, { room, id }) => `/rooms/${room.id}/thread/${id}`}
        onOpen={nothing}
        onRetry={nothing}
        onMarkAll={nothing}
      />,
    );

  test("has two tabs, says on them how many have something new, and marks those", () => {
    const html = view("rooms", "ready", [item(1, 8), item(2, 9, 3)]);
    expect(html).toMatch(/role="tab"[^>]*aria-selected="true"[^>]*>In rooms.*, 1 unread/);
    expect(html).toMatch(/role="tab"[^>]*aria-selected="false"[^>]*tabindex="-1"[^>]*>Private</i);
    expect(html).toContain('href="/rooms/7/thread/2"');
    expect(html.match(/is-unread/g)).toHaveLength(1);
    expect(html).toContain("3 unread");
    expect(html).toContain("6 replies");
    expect(html).toContain("Mark all read");
  });

  test("offers nothing to mark where everything is read", () => {
    const html = view("rooms", "ready", [item(1, 8)]);
    expect(html).not.toContain("Mark all read");
    expect(html).toContain('aria-pressed="true"');
  });

  test("says how one gets there while it is empty", () => {
    const html = view("rooms", "ready");
    expect(html).toContain("Threads you write in or follow show up here.");
    expect(html).not.toContain("aria-pressed");
    expect(view("private", "ready")).toContain("No private chats yet");
  });

  test("tells what has not arrived, and keeps what is here", () => {
    expect(view("rooms", "loading")).toContain("Loading threads…");
    expect(view("rooms", "error")).toContain("Try again");
    const late = view("rooms", "loading", [item(1, 8)]);
    expect(late).toContain("/rooms/7/thread/1");
    expect(late).not.toContain("Loading");
  });
});

test("arrows go round the tabs, the other way where one reads from the right", () => {
  expect([nextTab("ArrowRight", 1, 2), nextTab("ArrowLeft", 0, 2)]).toEqual([0, 1]);
  expect([nextTab("Home", 1, 3), nextTab("End", 0, 3), nextTab("a", 0, 3)]).toEqual([0, 2, null]);
  expect(nextTab("ArrowRight", 0, 3, true)).toBe(2);
});
