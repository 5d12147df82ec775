// The keyboard in the rooms list: arrows move and fold, letters filter. Works on the drawn list and knows no state.
import type { KeyboardEvent } from "react";
import { shortcutOf } from "../../ui/shortcuts.ts";
import type { SectionKey } from "./rooms-section.tsx";

/** What a key means there; null: nothing, so it is left to the page. */
export type ListStep =
  | { kind: "move"; to: HTMLElement }
  | { kind: "fold"; section: SectionKey; head: HTMLElement }
  | { kind: "type"; letter: string }
  | { kind: "clear" };

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/** Everything that the arrows stop at, from top to bottom. */
export const stopsOf = (list: HTMLElement): HTMLElement[] =>
  [...list.querySelectorAll<HTMLElement>("[data-stop]")].filter(isShown);

/** Where somebody is: on a stop, or on a button in the row of one. */
const stopAt = (target: Element): HTMLElement | null =>
  target.closest<HTMLElement>("[data-stop]") ?? target.closest("li")?.querySelector<HTMLElement>("[data-stop]") ?? null;

function moved(list: HTMLElement, target: Element, key: string): HTMLElement | undefined {
  const stops = stopsOf(list);
  const at = stops.indexOf(stopAt(target) as HTMLElement);
  switch (key) {
    case "ArrowDown":
      return stops[at + 1];
    case "ArrowUp":
      return at > 0 ? stops[at - 1] : undefined;
    case "Home":
      return stops[0];
    default:
      return stops.at(-1);
  }
}

/** Left folds the part that one is in, right opens the one whose heading one is on. */
function folding(target: Element, key: string): ListStep | null {
  const section = target.closest<HTMLElement>("[data-section]");
  const head = section?.querySelector<HTMLElement>("[aria-expanded]");
  if (!section || !head) return null;
  const isOpen = head.getAttribute("aria-expanded") === "true";
  const isBack = (key === "ArrowLeft") === (getComputedStyle(section).direction !== "rtl");
  if (isBack !== isOpen) return null;
  return { kind: "fold", section: section.dataset.section as SectionKey, head };
}

const isField = (target: Element): boolean => target.matches("input, textarea, select, [contenteditable]");

export function stepOf(list: HTMLElement, event: KeyboardEvent): ListStep | null {
  const target = event.target;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (!(target instanceof Element) || isField(target)) return null;
  const { key } = event;
  const id = shortcutOf("rooms", event);
  if (id === "row-move" || id === "row-ends") {
    const to = moved(list, target, key);
    return to ? { kind: "move", to } : null;
  }
  if (id === "section-fold") return folding(target, key);
  if (key === "Escape") return { kind: "clear" };
  return /^[\p{L}\p{N}\p{Extended_Pictographic}]$/u.test(key) ? { kind: "type", letter: key } : null;
}
