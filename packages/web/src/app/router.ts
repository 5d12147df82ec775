// Addresses and screens. Own and small: five screens, and a change of room must be drawn in the same frame, which a
// router that changes screens in a transition does not promise.
import { useSyncExternalStore } from "react";

export type Route =
  | { name: "setup" }
  | { name: "login" }
  | { name: "register"; code: string | null }
  | { name: "rooms" }
  | { name: "room"; id: number }
  | { name: "unknown" };

const EVENT = "homeroom-route";

export function parseRoute(path: string, search = ""): Route {
  const clean = path.replace(/\/+$/, "") || "/";
  const room = /^\/rooms\/([1-9]\d{0,14})$/.exec(clean)?.[1];
  if (room) return { name: "room", id: Number(room) };
  switch (clean) {
    case "/":
    case "/rooms":
      return { name: "rooms" };
    case "/setup":
      return { name: "setup" };
    case "/login":
      return { name: "login" };
    case "/register":
      return { name: "register", code: new URLSearchParams(search).get("code") };
    default:
      return { name: "unknown" };
  }
}

export function hrefOf(route: Route): string {
  switch (route.name) {
    case "room":
      return `/rooms/${route.id}`;
    case "register":
      return route.code ? `/register?code=${encodeURIComponent(route.code)}` : "/register";
    case "unknown":
      return "/rooms";
    default:
      return `/${route.name}`;
  }
}

interface Step {
  /** Takes the place of the current entry in the browser's history. */
  replace?: boolean;
}

export function goTo(route: Route, { replace = false }: Step = {}): void {
  const href = hrefOf(route);
  if (href === location.pathname + location.search) return;
  // Whether "back" leads to a screen of ours is known from the entry itself.
  const state = { depth: depth() + (replace ? 0 : 1) };
  if (replace) history.replaceState(state, "", href);
  else history.pushState(state, "", href);
  window.dispatchEvent(new Event(EVENT));
}

const depth = (): number => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "depth" in state ? Number(state.depth) : 0;
};

/** Back to the rooms: along the history where the page has been there, so that "back" stays what it is. */
export function backToRooms(): void {
  if (depth() > 0) history.back();
  else goTo({ name: "rooms" }, { replace: true });
}

const subscribe = (listener: () => void) => {
  window.addEventListener("popstate", listener);
  window.addEventListener(EVENT, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(EVENT, listener);
  };
};

let known = { href: "", route: { name: "rooms" } as Route };

/** The same object while the address is the same. */
function currentRoute(): Route {
  const { pathname, search } = location;
  if (known.href !== pathname + search) known = { href: pathname + search, route: parseRoute(pathname, search) };
  return known.route;
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);
