// Addresses and screens. Own and small: a handful of screens, and a change of room must be drawn in the same frame,
// which a router that changes screens in a transition does not promise.
import { useSyncExternalStore } from "react";

/** What stands beside an open room. On a phone it takes the room's place, so "back" has to lead out of it. */
export type Panel =
  | { kind: "members" | "requests" | "threads" }
  | { kind: "search"; q?: string }
  /** The replies to a message of the room, by that message's id. */
  | { kind: "thread"; id: number }
  /** A private chat, by its own id. */
  | { kind: "private"; id: number };

export type Route =
  | { name: "setup" }
  | { name: "login" }
  | { name: "register"; code: string | null }
  /** The first screen: a list, on phones one tab of four. */
  | { name: "rooms" | "threads" | "you" }
  /** The private chats, or one of them in the main sheet. */
  | { name: "private"; id?: number; message?: number }
  /** A room; `message` is the one to open it at, in the panel's conversation if there is one. */
  | { name: "room"; id: number; panel?: Panel; message?: number }
  | { name: "unknown" };

const EVENT = "homeroom-route";
const NUMBER = "[1-9]\\d{0,14}";
const ROOM = new RegExp(`^/rooms/(${NUMBER})(?:/(members|requests|search|threads|thread|private)(?:/(${NUMBER}))?)?$`);
const PRIVATE = new RegExp(`^/private/(${NUMBER})$`);

function panelFrom(kind: string | undefined, id: string | undefined, q: string | null): Panel | null {
  switch (kind) {
    case "members":
    case "requests":
    case "threads":
      return id === undefined ? { kind } : null;
    case "search":
      return id === undefined ? { kind, ...(q && { q }) } : null;
    case "thread":
    case "private":
      return id === undefined ? null : { kind, id: Number(id) };
    default:
      return null;
  }
}

function roomFrom(clean: string, message: { message?: number }, q: string | null): Route | null {
  const [, id, kind, panelId] = ROOM.exec(clean) ?? [];
  if (!id) return null;
  const panel = panelFrom(kind, panelId, q);
  if (kind && !panel) return { name: "unknown" };
  return { name: "room", id: Number(id), ...(panel && { panel }), ...message };
}

export function parseRoute(path: string, search = ""): Route {
  const clean = path.replace(/\/+$/, "") || "/";
  const query = new URLSearchParams(search);
  const asked = query.get("message") ?? "";
  const message = new RegExp(`^${NUMBER}$`).test(asked) ? { message: Number(asked) } : {};
  const room = roomFrom(clean, message, query.get("q"));
  if (room) return room;
  const [, thread] = PRIVATE.exec(clean) ?? [];
  if (thread) return { name: "private", id: Number(thread), ...message };
  switch (clean) {
    case "/":
      return { name: "rooms" };
    case "/rooms":
    case "/private":
    case "/threads":
    case "/you":
    case "/setup":
    case "/login":
      return { name: clean.slice(1) as "rooms" };
    case "/register":
      return { name: "register", code: query.get("code") };
    default:
      return { name: "unknown" };
  }
}

interface Query {
  q?: string | undefined;
  message?: number | undefined;
}

function queryOf({ q, message }: Query): string {
  const parts = [
    ...(q ? [`q=${encodeURIComponent(q)}`] : []),
    ...(message === undefined ? [] : [`message=${message}`]),
  ];
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

const pathOf = (panel: Panel): string => ("id" in panel ? `/${panel.kind}/${panel.id}` : `/${panel.kind}`);

export function hrefOf(route: Route): string {
  switch (route.name) {
    case "room": {
      const { id, panel, message } = route;
      const q = panel?.kind === "search" ? panel.q : undefined;
      return `/rooms/${id}${panel ? pathOf(panel) : ""}${queryOf({ q, message })}`;
    }
    case "private":
      return route.id === undefined ? "/private" : `/private/${route.id}${queryOf(route)}`;
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

/** Takes the message to open at out of the address: it was shown, and a reload means the room. */
export function forgetMessage(): void {
  const route = currentRoute();
  if (!("message" in route) || route.message === undefined) return;
  const { message: _, ...rest } = route;
  goTo(rest, { replace: true });
}

const cameFrom = (): string | null => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "from" in state ? String(state.from) : null;
};

/** Along the history where the page came from there, so that "back" stays what it is. */
export function backTo(...routes: [Route, ...Route[]]): void {
  if (routes.some((route) => cameFrom() === hrefOf(route))) history.back();
  else goTo(routes[0], { replace: true });
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
export function currentRoute(): Route {
  const { pathname, search } = location;
  if (known.href !== pathname + search) known = { href: pathname + search, route: parseRoute(pathname, search) };
  return known.route;
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);
