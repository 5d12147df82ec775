// One person's card is replaced wherever it stands.
import type { UserCard } from "@homeroom/protocol";
import { expect, it } from "vitest";
import { withCard } from "./cards.ts";

const card = (id: number, display_name = `User ${id}`): UserCard => {
  return { id, username: `u${id}`, display_name, role: "student", avatar_url: null };
};

it("reaches senders, quotes and people with more about them, and leaves the rest as the very same objects", () => {
  const other = { sender: card(3), reactions: [{ emoji: "👍", user_ids: [2] }] };
  const room = { id: 2, name: "A room with the id of the person" };
  const held = {
    items: [{ sender: card(2), reply_preview: { sender: card(2) } }, other],
    people: [{ ...card(2), room_role: "host", muted_until: null }],
    rooms: { 2: room },
    nothing: null,
  };
  const next = withCard(held, card(2, "New Name"));
  expect(next.items[0]).toEqual({
    sender: card(2, "New Name"),
    reply_preview: { sender: card(2, "New Name") },
  });
  expect(next.people).toEqual([{ ...card(2, "New Name"), room_role: "host", muted_until: null }]);
  expect(next.items[1]).toBe(other);
  expect(next.rooms).toBe(held.rooms);
  expect(withCard(next, card(2, "New Name"))).toBe(next);
});
