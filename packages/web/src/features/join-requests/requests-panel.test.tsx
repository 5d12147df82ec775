import type { JoinRequest } from "@homeroom/protocol";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { RequestsPanel, type RequestsPanelProps } from "./requests-panel.tsx";

const NOW = Date.parse("2026-11-22T10:00:00.000Z");

const request = (id: number, more: Partial<JoinRequest> = {}): JoinRequest => ({
  id,
  room: 7,
  user: { id, username: `u${id}`, display_name: `Hannah ${id}`, role: "student", avatar_url: null },
  status: "pending",
  created_at: "2026-11-22T09:56:00.000Z",
  processed_at: null,
  processed_by: null,
  note: "I was ill last week.",
  reason: "",
  denied_before: 0,
  ...more,
});

const nothing = () => undefined;
const panel = (more: Partial<RequestsPanelProps>): string =>
  renderToStaticMarkup(
    <RequestsPanel
      status="ready"
      cards={[]}
      decided={[]}
      all={[]}
      taken={24}
      max={30}
      now={NOW}
      busy={new Set()}
      said=""
      onApprove={nothing}
      onDecline={nothing}
      onApproveAll={nothing}
      onRetry={nothing}
      onClose={nothing}
      {...more}
    />,
  );

describe("the panel of join requests", () => {
  test("shows who waits, since when and with which words", () => {
    const html = panel({ cards: [request(1)] });
    expect(html).toContain("24 of 30 places taken");
    expect(html).toContain("1 waiting");
    expect(html).toContain("Student · 4 min ago");
    expect(html).toContain("I was ill last week.");
    expect(html).not.toContain("Approve all");
  });

  test("offers to approve all as soon as there are two", () => {
    expect(panel({ cards: [request(1), request(2)] })).toContain("Approve all");
  });

  test("lets nobody in where there is no place, and says why", () => {
    const html = panel({ cards: [request(1)], taken: 30 });
    expect(html).toMatch(/<button[^>]*disabled[^>]*>.*?Approve<\/button>/);
    expect(html).toContain("30 of 30 places");
  });

  test("tells of an earlier no with its words", () => {
    const reason = "only for 10th grade";
    const no = request(1, { status: "denied", processed_at: "2026-11-03T10:00:00.000Z", reason });
    const again = request(9, { user: no.user, denied_before: 1 });
    expect(panel({ cards: [again], all: [no, again] })).toContain("Declined once, 3 Nov: “only for 10th grade”");
  });

  test("a card that another host decided shows the decision in place of the buttons", () => {
    const by = { id: 5, username: "x", display_name: "Karl Lindner", role: "teacher", avatar_url: null } as const;
    const html = panel({
      cards: [request(1, { status: "approved", processed_by: by, processed_at: "2026-11-22T09:59:00.000Z" })],
    });
    expect(html).toContain("Approved by Karl Lindner");
    expect(html).not.toContain("Decline<");
  });

  test("says that nobody waits, that it loads, and that it failed", () => {
    expect(panel({})).toContain("Nobody is waiting");
    expect(panel({ status: "loading" })).toContain("Loading the requests");
    expect(panel({ status: "error" })).toContain("Try again");
  });
});
