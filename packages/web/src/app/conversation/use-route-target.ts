// The message that the address names, for the conversation that it means.
import type { Place } from "../../features/messages/place.ts";
import { type Route, useRoute } from "../router.ts";

function isMeant(route: Route, place: Place): boolean {
  const panel = route.name === "room" ? route.panel : undefined;
  switch (place.kind) {
    case "room":
      return route.name === "room" && route.id === place.room && panel?.kind !== "thread" && panel?.kind !== "private";
    case "replies":
      return panel?.kind === "thread" && panel.id === place.root;
    case "private":
      return route.name === "private"
        ? route.id === place.thread
        : panel?.kind === "private" && panel.id === place.thread;
  }
}

/** Null where the address names none, or one of another conversation. */
export function useRouteTarget(place: Place): number | null {
  const route = useRoute();
  return "message" in route && route.message !== undefined && isMeant(route, place) ? route.message : null;
}
