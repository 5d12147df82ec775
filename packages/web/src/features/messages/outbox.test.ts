// What was written is sent in order, once, until the server has said yes or no.
import type { Attachment, ClientFrameInput, ServerFrameOf } from "@homeroom/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeClock, type FakeClock } from "../../kit/fake-clock.ts";
import {
  addPending,
  changePending,
  type MessagesState,
  noMessages,
  type Pending,
  removePending,
} from "./messages.state.ts";
import { createOutbox, type Outbox, type QuickWait } from "./outbox.ts";
import { type Place, privatePlace, repliesPlace, roomPlace } from "./place.ts";

let clock: FakeClock;
let state: MessagesState;
let sent: string[];
let isUp: boolean;
let outbox: Outbox;
let waits: [string, QuickWait][];

/** Frames as they went out. */
let frames: ClientFrameInput[];

const idOf = (frame: ClientFrameInput) =>
  frame.type === "chat_message" || frame.type === "private_message" ? (frame.client_id ?? "") : frame.type;
const write = (client_id: string, place: Place = roomPlace(7), more: Partial<Pending> = {}) => {
  const entry: Pending = {
    client_id,
    place,
    content: client_id,
    reply_to: null,
    reply_preview: null,
    created_at: new Date(clock.now()).toISOString(),
    status: "queued",
    ...more,
  };
  state = addPending(state, entry);
  outbox.pump();
};
const ack = (client_id: string) => {
  outbox.acked(client_id);
  state = removePending(state, client_id);
};
const refusal = (client_id: string, more: Partial<ServerFrameOf<"error">> = {}): ServerFrameOf<"error"> => ({
  type: "error",
  code: "muted",
  detail: "You are muted in this room.",
  stored: false,
  client_id,
  ...more,
});
const statusOf = (client_id: string) => state.pending.find((p) => p.client_id === client_id)?.status;

beforeEach(() => {
  clock = createFakeClock();
  state = noMessages;
  sent = [];
  frames = [];
  isUp = true;
  waits = [];
  outbox = createOutbox({
    clock,
    send: (frame) => isUp && frames.push(frame) > 0 && sent.push(idOf(frame)) > 0,
    pending: () => state.pending,
    change: (id, change) => {
      state = changePending(state, id, change);
    },
    remove: (id) => {
      state = removePending(state, id);
    },
    onWait: (log, wait) => waits.push([log, wait]),
  });
});

describe("the outbox", () => {
  it("sends at once while the connection is up", () => {
    write("a");
    write("b");
    expect(sent).toEqual(["a", "b"]);
    expect(statusOf("a")).toBe("sent");
  });

  it("keeps what was written offline, and sends it in order when the connection is back", () => {
    isUp = false;
    write("a");
    write("b");
    write("c");
    expect(sent).toEqual([]);
    isUp = true;
    outbox.pump();
    expect(sent).toEqual(["a", "b", "c"]);
  });

  it("repeats what was not answered before the connection broke, one at a time, under the same id", () => {
    write("a");
    write("b");
    isUp = false;
    outbox.interrupt();
    expect(statusOf("a")).toBe("queued");
    isUp = true;
    outbox.pump();
    expect(sent).toEqual(["a", "b", "a"]);
    ack("a");
    expect(sent).toEqual(["a", "b", "a", "b"]);
  });

  it("asks again when there was no answer for ten seconds, and gives up after five silences", () => {
    write("a");
    clock.advance(10_000);
    expect(sent).toEqual(["a", "a"]);
    clock.advance(40_000);
    expect(sent).toHaveLength(5);
    expect(state.pending[0]).toMatchObject({ status: "failed", reason: "the server did not answer." });
  });

  it("shows a refusal with its reason, and goes on with the next", () => {
    write("a");
    write("b");
    outbox.refused(refusal("a"));
    expect(state.pending[0]).toMatchObject({ status: "failed", reason: "you are muted in this room." });
    ack("b");
    expect(state.pending).toHaveLength(1);
  });

  it("waits as long as it is told when it was too quick, and nothing overtakes", () => {
    write("a");
    outbox.refused(refusal("a", { code: "rate_limited", retry_after_ms: 3_000 }));
    write("b");
    expect(sent).toEqual(["a"]);
    clock.advance(3_000);
    expect(sent).toEqual(["a", "a"]);
    ack("a");
    expect(sent).toEqual(["a", "a", "b"]);
  });

  it("says where and how long the writer has to wait, and nothing where the server is busy", () => {
    write("a", repliesPlace(7, 345));
    outbox.refused(refusal("a", { code: "rate_limited", retry_after_ms: 3_200 }));
    expect(waits).toEqual([["r7", { until: clock.now() + 3_200, total: 4 }]]);
    write("b", privatePlace(5));
    outbox.refused(refusal("b", { code: "unavailable", retry_after_ms: 1_000 }));
    expect(waits).toHaveLength(1);
  });

  it("sends a failed one again when it is asked to", () => {
    write("a");
    outbox.refused(refusal("a"));
    outbox.retry("a");
    expect(sent).toEqual(["a", "a"]);
    expect(statusOf("a")).toBe("sent");
  });

  it("lets go of a message that was stored before its writer was removed", () => {
    write("a");
    outbox.refused(refusal("a", { code: "not_a_member", id: 5, seq: 9 }));
    expect(state.pending).toEqual([]);
  });

  it("does not let one room wait for another", () => {
    write("a", roomPlace(1));
    outbox.refused(refusal("a", { code: "rate_limited", retry_after_ms: 60_000 }));
    write("b", roomPlace(2));
    expect(sent).toEqual(["a", "b"]);
  });

  it("lets a room and its threads wait together: they share what the server allows", () => {
    write("a", roomPlace(1));
    outbox.refused(refusal("a", { code: "rate_limited", retry_after_ms: 60_000 }));
    write("b", repliesPlace(1, 345));
    write("c", privatePlace(1));
    expect(sent).toEqual(["a", "c"]);
  });

  it("says where a message belongs: a room, a thread and perhaps its room, a private chat", () => {
    write("a");
    write("b", repliesPlace(7, 345));
    write("c", repliesPlace(7, 345), { also_in_room: true, reply_to: 400 });
    write("d", privatePlace(5));
    expect(frames).toEqual([
      { type: "chat_message", room: 7, client_id: "a", content: "a" },
      { type: "chat_message", room: 7, client_id: "b", content: "b", thread_root: 345 },
      {
        type: "chat_message",
        room: 7,
        client_id: "c",
        content: "c",
        reply_to: 400,
        thread_root: 345,
        also_in_room: true,
      },
      { type: "private_message", thread: 5, client_id: "d", content: "d" },
    ]);
  });

  it("sends the files by their ids, and says of a refused file what is wrong with it", () => {
    const file = (id: string) => ({ id }) as Attachment;
    write("a", roomPlace(7), { content: "", attachments: [file("x"), file("y")] });
    write("b", privatePlace(3), { attachments: [file("z")] });
    expect(frames).toMatchObject([{ attachments: ["x", "y"] }, { attachments: ["z"] }]);
    write("c");
    expect(frames.at(-1)).not.toHaveProperty("attachments");
    const fields = { attachments: ["This file is not there any more."] };
    outbox.refused(refusal("a", { code: "bad_request", detail: "Look at the fields.", fields }));
    const [failed] = state.pending;
    expect(failed).toMatchObject({ status: "failed", reason: "this file is not there any more.", content: "" });
    expect(failed?.attachments).toHaveLength(2);
  });
});
