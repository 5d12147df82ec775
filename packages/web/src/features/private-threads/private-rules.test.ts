// Who may write to whom privately, and what keeps one from writing in a private chat.
import { describe, expect, it } from "vitest";
import { barrierOf, isReviewed, mayWhisper, type PrivateStanding, type Side } from "./private-rules.ts";

const pupil: Side = { role: "student", room_role: "member" };
const helper: Side = { role: "student", room_role: "cohost" };
const host: Side = { role: "teacher", room_role: "host" };
const guest: Side = { role: "teacher", room_role: "member" };

describe("who may write to whom", () => {
  it("is nobody where the school allows no private chats, and only with staff where it says so", () => {
    const may = (policy: "off" | "staff" | "supervised" | "open", other: Side) =>
      mayWhisper({ policy, privateReplies: true }, [pupil, other]);
    expect(may("off", host)).toBe(false);
    expect([may("staff", pupil), may("staff", helper), may("staff", guest)]).toEqual([false, false, true]);
    expect([may("supervised", pupil), may("open", pupil)]).toEqual([true, true]);
  });

  it("needs somebody who leads the room where the room has switched private replies off", () => {
    const may = (other: Side) => mayWhisper({ policy: "supervised", privateReplies: false }, [pupil, other]);
    expect([may(pupil), may(guest), may(helper), may(host)]).toEqual([false, false, true, true]);
  });

  it("is reviewed unless the school says that nobody looks", () => {
    expect((["off", "staff", "supervised", "open"] as const).map(isReviewed)).toEqual([true, true, true, false]);
  });
});

describe("what keeps me from writing", () => {
  const open: PrivateStanding = {
    policy: "supervised",
    privateReplies: true,
    thread: { is_active: true, write_refusal: null },
    me: pupil,
    partner: pupil,
    roomIsActive: true,
    isMuted: false,
  };
  const barrier = (more: Partial<PrivateStanding>) => barrierOf({ ...open, ...more });
  const gone = { role: "student", room_role: null } as const;

  it("is nothing between two members, and a chat that was closed or whose room was", () => {
    expect(barrier({})).toBeNull();
    expect(barrier({ thread: { is_active: false, write_refusal: null } })).toBe("closed");
    expect(barrier({ thread: { is_active: true, write_refusal: "thread_inactive" } })).toBeNull();
    expect(barrier({ roomIsActive: false })).toBe("room-closed");
    const unknown = { roomIsActive: undefined, thread: { is_active: true, write_refusal: "room_inactive" as const } };
    expect([barrier(unknown), barrier({ ...unknown, roomIsActive: true })]).toEqual(["room-closed", null]);
  });

  it("is that one of us is not in the room any more, unless the other one leads it", () => {
    expect(barrier({ partner: gone })).toBe("left");
    expect(barrier({ me: host, partner: gone })).toBeNull();
    expect(barrier({ me: host, thread: { is_active: true, write_refusal: "partner_gone" } })).toBe("left");
    const out = { me: gone, partner: { ...host, room_role: undefined }, roomIsActive: undefined };
    expect(barrier({ ...out, thread: { is_active: true, write_refusal: "not_a_member" } })).toBe("not-member");
    expect(barrier(out)).toBeNull();
  });

  it("is the school's or the room's rule, as soon as it changes", () => {
    expect(barrier({ policy: "staff" })).toBe("restricted");
    expect(barrier({ privateReplies: false })).toBe("restricted");
    expect(barrier({ privateReplies: false, partner: host })).toBeNull();
    expect(barrier({ thread: { is_active: true, write_refusal: "private_threads_restricted" } })).toBe("restricted");
  });

  it("is a mute in the room, but not with somebody who leads it", () => {
    expect(barrier({ isMuted: true })).toBe("muted");
    expect(barrier({ isMuted: true, partner: host })).toBeNull();
  });
});
