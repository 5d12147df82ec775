// What survives a reload: unsent messages and drafts, per person, one key for each.
import type { Attachment } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { createShelf, type Shelf } from "../../kit/shelf.ts";
import { createKeepsake } from "./keepsake.ts";
import type { Pending } from "./messages.state.ts";
import { roomPlace } from "./place.ts";

function fakeShelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

const entry = (client_id: string, more: Partial<Pending> = {}): Pending => {
  const at = "2026-03-02T08:00:00.000Z";
  const base = {
    client_id,
    place: roomPlace(7),
    content: client_id,
    reply_to: null,
    reply_preview: null,
    created_at: at,
  };
  return { ...base, status: "queued", ...more };
};

describe("the keepsake", () => {
  it("gives back what was not confirmed, in the order of writing, to be sent again", () => {
    const shelf = fakeShelf();
    const later = entry("b", { created_at: "2026-03-02T08:00:01.000Z", status: "sent" });
    createKeepsake(shelf, 1).keepPending([], [later, entry("a")]);
    const found = createKeepsake(shelf, 1).pending();
    expect(found.map((p) => [p.client_id, p.status])).toEqual([
      ["a", "queued"],
      ["b", "queued"],
    ]);
  });

  it("lets go of what is settled and keeps what failed with its reason", () => {
    const shelf = fakeShelf();
    const keepsake = createKeepsake(shelf, 1);
    const failed = entry("a", { status: "failed", reason: "you are muted." });
    keepsake.keepPending([], [entry("a"), entry("b")]);
    keepsake.keepPending([entry("a"), entry("b")], [failed]);
    expect(keepsake.pending()).toEqual([failed]);
  });

  it("keeps people apart, and drafts by place", () => {
    const shelf = fakeShelf();
    const mine = createKeepsake(shelf, 1);
    mine.keepDraft("r7", "hello");
    mine.keepDraft("m8", "there");
    mine.keepDraft("t8", "privately");
    mine.keepDraft("m8", "");
    expect(mine.drafts()).toEqual({ r7: "hello", t8: "privately" });
    expect(createKeepsake(shelf, 2).drafts()).toEqual({});
    expect(mine.draftPlace("homeroom.draft.1.m7")).toBe("m7");
    expect(mine.draftPlace("homeroom.draft.2.m7")).toBeNull();
    expect(mine.draftPlace("homeroom.draft.1.nonsense")).toBeNull();
  });

  it("keeps the files that wait beside a box, and knows whose another tab has changed", () => {
    const shelf = fakeShelf();
    const mine = createKeepsake(shelf, 1);
    const file = { at: 5, attachment: { id: "x" } as Attachment };
    mine.keepTray("r7", [file]);
    mine.keepTray("m9", [file]);
    mine.keepTray("m9", []);
    shelf.setItem("homeroom.tray.1.t8", '[{"at":"soon"}, 7]');
    expect(mine.trays()).toEqual({ r7: [file], t8: [] });
    expect(mine.tray("r7")).toEqual([file]);
    expect(mine.trayPlace("homeroom.tray.1.m7")).toBe("m7");
    expect(mine.trayPlace("homeroom.tray.2.m7")).toBeNull();
    expect(mine.trayPlace(null)).toBeNull();
    expect(createKeepsake(shelf, 2).trays()).toEqual({});
  });

  it("does without a shelf that is full or broken", () => {
    const broken = {
      ...fakeShelf(),
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(() =>
      createKeepsake(
        createShelf(() => broken),
        1,
      ).keepDraft("r7", "x"),
    ).not.toThrow();
    const shelf = fakeShelf();
    shelf.setItem("homeroom.outbox.1.x", "{no json");
    expect(createKeepsake(shelf, 1).pending()).toEqual([]);
  });
});
