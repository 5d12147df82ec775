// Addresses, who may be where, what the tab says, and when the connection bar speaks.
import type { SetupState } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import type { ConnectionState } from "../kit/connection.ts";
import { barOf } from "./connection-bar.container.tsx";
import { redirectOf } from "./guard.ts";
import { hrefOf, parseRoute } from "./router.ts";
import { titleOf } from "./use-page-title.ts";

const school = (more: Partial<SetupState> = {}): SetupState => {
  return {
    needed: false,
    code_required: false,
    school_name: "S",
    registration: "open",
    private_threads: "supervised",
    ...more,
  };
};

describe("addresses", () => {
  it("lead to their screens and back", () => {
    const entrance = ["/setup", "/login", "/register", "/register?code=AB%201"];
    const lists = ["/rooms", "/private", "/threads", "/you"];
    const places = ["/rooms/12", "/rooms/12?message=7", "/private/5", "/private/5?message=7"];
    const panels = [
      "members",
      "requests",
      "search",
      "threads",
      "thread/34",
      "private/5",
      "thread/34?message=9",
      "search?q=a%20b",
    ];
    for (const path of [...entrance, ...lists, ...places, ...panels.map((panel) => `/rooms/12/${panel}`)]) {
      const [name = "", search = ""] = path.split("?");
      expect(hrefOf(parseRoute(name, search))).toBe(path);
    }
  });

  it("that are none of ours are unknown", () => {
    for (const path of [
      "/rooms/0",
      "/rooms/x",
      "/admin",
      "/rooms/1/2",
      "/rooms/1/thread",
      "/rooms/1/members/2",
      "/private/x",
    ])
      expect(parseRoute(path).name).toBe("unknown");
  });
});

describe("the guard", () => {
  it("sends strangers to the sign-in, and to set-up while there is no school", () => {
    expect(redirectOf({ name: "room", id: 1 }, "out", school())).toEqual({ name: "login" });
    expect(redirectOf({ name: "login" }, "out", school({ needed: true }))).toEqual({ name: "setup" });
    expect(redirectOf({ name: "setup" }, "out", school())).toEqual({ name: "login" });
  });

  it("lets nobody make an account where the school does not want it", () => {
    const route = { name: "register" as const, code: null };
    expect(redirectOf(route, "out", school({ registration: "closed" }))).toEqual({ name: "login" });
    expect(redirectOf(route, "out", school({ registration: "invite" }))).toBeNull();
  });

  it("keeps who is signed in inside, and who was signed out where they are", () => {
    expect(redirectOf({ name: "login" }, "in", school())).toEqual({ name: "rooms" });
    expect(redirectOf({ name: "room", id: 1 }, "ended", school())).toBeNull();
  });
});

describe("the tab", () => {
  it("says how much is unread and where one is", () => {
    expect(titleOf("Biology 7b", 3)).toBe("(3) Biology 7b · Homeroom");
    expect(titleOf("Rooms", 0)).toBe("Rooms · Homeroom");
    expect(titleOf(null, 120)).toBe("(99+) Homeroom");
  });
});

describe("the connection bar", () => {
  const away = (more: Partial<ConnectionState> = {}): ConnectionState => {
    return { status: "reconnecting", since: 0, retryAt: 9_000, ...more };
  };
  const bar = (connection: ConnectionState, now: number, isEnded = false) =>
    barOf({ connection, isEnded, waiting: 2, now });

  it("is silent for five seconds, then counts down", () => {
    expect(bar(away(), 4_999)).toBeNull();
    expect(bar(away(), 5_500)).toEqual({ kind: "connecting", retryIn: 4 });
  });

  it("says how many messages wait when there is no network", () => {
    expect(bar(away({ status: "offline" }), 6_000)).toEqual({ kind: "offline", waiting: 2 });
  });

  it("says at once that one was signed out", () => {
    expect(bar(away({ status: "signed-out" }), 1, true)).toEqual({ kind: "signed-out" });
  });
});
