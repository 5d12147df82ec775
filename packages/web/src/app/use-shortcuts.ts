// The keys that work anywhere on the signed-in page.
import { useEffect, useRef } from "react";
import { roomPlace } from "../features/messages/place.ts";
import { byName } from "../features/rooms/room-order.ts";
import { callsMe, isMember, type RoomState } from "../features/rooms/rooms.state.ts";
import { shortcutOf, type ShortcutId } from "../ui/shortcuts.ts";
import { markAllRead } from "./actions/reading.ts";
import { TrayPart } from "./conversation/tray.part.ts";
import type { Core } from "./core.ts";
import type { Dialogs } from "./dialogs/dialogs.ts";
import { Switcher } from "./dialogs/switcher.part.ts";
import { preloadPanels } from "./panels/panels.container.tsx";
import { nextRegion } from "./regions.ts";
import { goTo, type Route } from "./router.ts";
import { useClient } from "./store.ts";

/** The neighbour of the open room in the list's order, round the ends. */
function neighbour(core: Core, openId: number | null, step: 1 | -1, wanted: (room: RoomState) => boolean) {
  const rooms = Object.values(core.store.getState().rooms.byId).filter(isMember).toSorted(byName);
  const at = rooms.findIndex((room) => room.id === openId);
  const start = at < 0 && step < 0 ? 0 : at;
  for (let hop = 1; hop <= rooms.length; hop += 1) {
    const room = rooms[(start + step * hop + rooms.length * 2) % rooms.length];
    if (room && room.id !== openId && wanted(room)) return room;
  }
  return null;
}

/** Letters and signs belong to whoever is writing. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** True when the key meant something here. */
function run(core: Core, id: ShortcutId, route: Route, dialogs: Dialogs): boolean {
  const openId = route.name === "room" ? route.id : null;
  const visit = (step: 1 | -1, wanted: (room: RoomState) => boolean) => {
    const room = neighbour(core, openId, step, wanted);
    if (room) goTo({ name: "room", id: room.id });
    return true;
  };
  switch (id) {
    case "switcher":
      dialogs.open({ kind: "switcher" });
      return true;
    case "sheet":
      dialogs.open({ kind: "shortcuts" });
      return true;
    case "room-before":
      return visit(-1, () => true);
    case "room-after":
      return visit(1, () => true);
    case "unread-before":
      return visit(-1, callsMe);
    case "unread-after":
      return visit(1, callsMe);
    case "region-after":
      return nextRegion(1);
    case "region-before":
      return nextRegion(-1);
    case "search":
      return search(route);
    case "close":
      return openId !== null && readAll(core, openId);
    default:
      return false;
  }
}

/** Opens the search, or goes to its field where it is open. */
function search(route: Route): boolean {
  if (route.name !== "room") return false;
  if (route.panel?.kind === "search") document.querySelector<HTMLElement>("aside input[type='search']")?.focus();
  else goTo({ name: "room", id: route.id, panel: { kind: "search" } });
  return true;
}

/** Esc where nothing is open on top: the room is read, and its "new" line goes. */
function readAll(core: Core, id: number): boolean {
  const room = core.store.getState().rooms.byId[id];
  if (!room || !isMember(room)) return false;
  markAllRead(core, roomPlace(id));
  return (room.unread_count ?? 0) > 0;
}

export function useShortcuts(route: Route, dialogs: Dialogs): void {
  const client = useClient();
  const now = useRef({ route, dialogs });
  useEffect(() => {
    now.current = { route, dialogs };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector("[aria-modal='true']")) return;
      const id = shortcutOf("anywhere", event);
      const isBare = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1;
      if (!id || (isBare && isWriting(event.target))) return;
      if (run(client, id, now.current.route, now.current.dialogs)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    const idle = setTimeout(() => (Switcher.preload(), TrayPart.preload(), preloadPanels()), 2_000);
    return () => {
      document.removeEventListener("keydown", onKey);
      clearTimeout(idle);
    };
  }, [client]);
}
