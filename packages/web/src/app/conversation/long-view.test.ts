// What stays in memory of a place while a page is open for days.
import type { TimelineItem } from "@homeroom/protocol";
import { expect, it } from "vitest";
import { extendTimeline, openTimeline, timelineAt } from "../../features/messages/messages.state.ts";
import { roomPlace } from "../../features/messages/place.ts";
import { createFakeClock } from "../../kit/fake-clock.ts";
import type { Core } from "../core.ts";
import { initialState } from "../state.ts";
import { createAppStore } from "../store.ts";
import { keepPlace } from "./kept-places.ts";
import { keepShort, look, readsEnd } from "./long-view.ts";

const at = (seq: number): TimelineItem => ({ kind: "room_updated", seq, created_at: "2026-03-02T08:00:00.000Z" });
const place = roomPlace(1);

function start(count: number) {
  const store = createAppStore();
  const results = Array.from({ length: count }, (_, index) => at(index + 1));
  const messages = extendTimeline(openTimeline(initialState.messages, place), place, { results, hasNewer: false });
  store.setState({ ...initialState, messages });
  const clock = createFakeClock();
  const core = { store, clock } as unknown as Core;
  const kept = () => timelineAt(store.getState().messages, place)?.items;
  return { core, clock, kept };
}

it("a reader at the end keeps the newest of a long list, and all of a short one", () => {
  const short = start(500);
  readsEnd(short.core, place);
  expect(short.kept()).toHaveLength(500);
  const long = start(1_100);
  readsEnd(long.core, place);
  expect(long.kept()).toHaveLength(200);
  expect(long.kept()?.at(-1)?.seq).toBe(1_100);
});

it("what nobody looks at is kept short, but not what is on the screen", () => {
  const { core, clock, kept } = start(500);
  keepShort(core);
  const leave = look(core, place);
  clock.advance(60_000);
  expect(kept()).toHaveLength(500);
  leave();
  expect(kept()).toHaveLength(200);
});

it("what was left in its middle stays as it was", () => {
  const { core, clock, kept } = start(500);
  keepShort(core);
  keepPlace(core, place, { offset: 100, atEnd: false, sizes: [] });
  clock.advance(120_000);
  expect(kept()).toHaveLength(500);
});
