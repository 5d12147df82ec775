// Who may be on which screen, and where others are sent.
import type { SetupState } from "@homeroom/protocol";
import type { Route } from "./router.ts";
import type { Phase } from "./state.ts";

/** Where to go instead; null: stay. */
export function redirectOf(route: Route, phase: Phase, school: SetupState | null): Route | null {
  const isInside = route.name !== "setup" && route.name !== "login" && route.name !== "register";
  if (phase === "in" || phase === "ended") return isInside ? null : { name: "rooms" };
  if (phase !== "out" || !school) return null;
  if (school.needed) return route.name === "setup" ? null : { name: "setup" };
  if (route.name === "login") return null;
  if (route.name === "register") return school.registration === "closed" ? { name: "login" } : null;
  return { name: "login" };
}
