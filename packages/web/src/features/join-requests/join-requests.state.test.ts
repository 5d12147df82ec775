import type { JoinRequest, ServerFrame, UserCard } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import {
  applyRequestNews,
  decidedOf,
  knowRequests,
  lastNoTo,
  noRequests,
  pendingOf,
  sortRequests,
  waitingIn,
} from "./join-requests.state.ts";

const card = (id: number): UserCard => ({
  id,
  username: `u${id}`,
  display_name: `User ${id}`,
  role: "student",
  avatar_url: null,
});

const request = (id: number, more: Partial<JoinRequest> = {}): JoinRequest => ({
  id,
  room: 7,
  user: card(id),
  status: "pending",
  created_at: "2026-11-20T08:00:00.000Z",
  processed_at: null,
  processed_by: null,
  note: "",
  reason: "",
  denied_before: 0,
  ...more,
});

const decided = (id: number, by: number, at: string, status: JoinRequest["status"] = "approved") =>
  request(id, { status, processed_at: at, processed_by: card(by) });

const news = (type: "join_request" | "join_request_decided" | "join_request_withdrawn", about: JoinRequest) =>
  ({ type, request: about }) as ServerFrame;

const ME = 100;
const MORNING = "2026-11-22T08:00:00.000Z";
const MIDNIGHT = "2026-11-22T00:00:00.000Z";
const fetched = knowRequests(noRequests, 7, [request(3), request(1), decided(2, ME, MORNING)]);

describe("join requests", () => {
  test("those who came first stand first", () => {
    expect(pendingOf(fetched, 7).map((r) => r.id)).toEqual([1, 3]);
  });

  test("the number is the room's own until the list is fetched, and follows the events from then on", () => {
    expect(waitingIn(noRequests, { id: 7, pending_requests: 4 })).toBe(4);
    expect(waitingIn(noRequests, { id: 7, pending_requests: null })).toBe(0);
    const more = applyRequestNews(fetched, news("join_request", request(5)), ME);
    expect(waitingIn(more, { id: 7, pending_requests: 99 })).toBe(3);
    const less = applyRequestNews(more, news("join_request_withdrawn", request(5)), ME);
    expect(waitingIn(less, { id: 7, pending_requests: 99 })).toBe(2);
  });

  test("one event of a room whose list was not fetched makes no list of one", () => {
    expect(applyRequestNews(noRequests, news("join_request", request(5)), ME)).toBe(noRequests);
  });

  test("my own request is none for me to decide", () => {
    const mine = request(9, { user: card(ME) });
    expect(applyRequestNews(fetched, news("join_request", mine), ME)).toBe(fetched);
  });

  test("what another host decided stays under the eyes; what I decided moves to the history", () => {
    const view = { meId: ME, seen: new Set([1, 3]), since: MIDNIGHT };
    const byOther = applyRequestNews(fetched, news("join_request_decided", decided(1, 50, MORNING)), ME);
    const first = sortRequests(byOther, 7, view);
    expect(first.cards.map((r) => [r.id, r.status])).toEqual([
      [1, "approved"],
      [3, "pending"],
    ]);
    expect(first.decided.map((r) => r.id)).toEqual([2]);
    const byMe = applyRequestNews(byOther, news("join_request_decided", decided(3, ME, MORNING)), ME);
    expect(sortRequests(byMe, 7, view).decided.map((r) => r.id)).toContain(3);
    const later = sortRequests(byMe, 7, { ...view, seen: new Set() });
    expect(later.cards).toEqual([]);
    expect(later.decided.map((r) => r.id)).toContain(1);
  });

  test("yesterday's decisions are no longer shown", () => {
    const old = knowRequests(noRequests, 7, [decided(1, ME, "2026-11-21T23:59:59.999Z"), decided(2, ME, MORNING)]);
    expect(decidedOf(old, 7, MIDNIGHT).map((r) => r.id)).toEqual([2]);
  });

  test("the last no to the same person is found, and not one to somebody else", () => {
    const no = decided(1, ME, MORNING, "denied");
    const again = request(5, { user: card(1), denied_before: 1 });
    expect(lastNoTo([no, decided(4, ME, MORNING, "denied"), again], again)).toBe(no);
    expect(lastNoTo([no, request(6)], request(6))).toBeNull();
  });
});
