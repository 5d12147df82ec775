import type { DurableFrame, Message } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { applyPins, forgetPins, knowPins, noPins } from "./pins.state.ts";

const message = (id: number, content = `m${id}`) => ({ id, room: 1, content, pinned: true }) as Message;
const known = knowPins(noPins, 1, [message(2), message(1)]);
const event = (more: object) => ({ room: 1, seq: 9, ...more }) as DurableFrame;
const ids = (state: typeof known) => state.byRoom[1]?.map((pin) => pin.id);

test("what is unpinned or deleted goes, what is edited shows its new words", () => {
  expect(ids(applyPins(known, event({ type: "pins_changed", message_id: 2, pinned: false })))).toEqual([1]);
  expect(ids(applyPins(known, event({ type: "message_deleted", message: message(1) })))).toEqual([2]);
  const edited = applyPins(known, event({ type: "message_edited", message: message(1, "new") }));
  expect(edited.byRoom[1]?.at(-1)?.content).toBe("new");
});

test("something newly pinned asks for the list, which settles it", () => {
  const stale = applyPins(known, event({ type: "pins_changed", message_id: 3, pinned: true }));
  expect(stale.stale).toEqual([1]);
  expect(knowPins(stale, 1, [message(3)]).stale).toEqual([]);
});

test("rooms that were never opened, or left, know nothing of pins", () => {
  const other = event({ type: "pins_changed", room: 7, message_id: 3, pinned: true });
  expect(applyPins(known, other)).toBe(known);
  expect(forgetPins(known, 1)).toEqual(noPins);
});
