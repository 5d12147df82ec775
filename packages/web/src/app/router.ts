// Addresses and screens. Own and small: five screens, and a change of room must be drawn in the same frame, which a
// router that changes screens in a transition does not promise.
import { useSyncExternalStore } from "react";

/** What stands beside an open room. On a phone it takes the room's place, so "back" has to lead out of it. */
export type PanelKind = "members" | "requests";

export type Route =
  | { name: "setup" }
  | { name: "login" }
  | { name: "register"; code: string | null }
  | { name: "rooms" }
  | { name: "room"; id: number; panel?: PanelKind }
  | { name: "unknown" };

const EVENT = "homeroom-route";

export function parseRoute(path: string, search = ""): Route {
  const clean = path.replace(/\/+$/, "") || "/";
  const [, id, panel] = /^\/rooms\/([1-9]\d{0,14})(?:\/(members|requests))?$/.exec(clean) ?? [];
  if (id) return { name: "room", id: Number(id), ...(panel && { panel: panel as PanelKind }) };
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
      return route.panel ? `/rooms/${route.id}/${route.panel}` : `/rooms/${route.id}`;
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
  // Where "back" leads is known from the entry itself.
  const state = { from: replace ? cameFrom() : hrefOf(currentRoute()) };
  if (replace) history.replaceState(state, "", href);
  else history.pushState(state, "", href);
  window.dispatchEvent(new Event(EVENT));
}

const cameFrom = (): string | null => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "from" in state ? String(state.from) : null;
};

/** Along the history where the page came from there, so that "back" stays what it is. */
export function backTo(route: Route): void {
  if (cameFrom() === hrefOf(route)) history.back();
  else goTo(route, { replace: true });
}

export const backToRooms = (): void => backTo({ name: "rooms" });

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
