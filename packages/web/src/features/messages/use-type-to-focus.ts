// Typing anywhere on the page goes on in the composer, as long as nothing else is waiting for the keys.
import { type RefObject, useEffect } from "react";

/** A character that one writes: not a space, which presses buttons and scrolls, and not the shortcut sheet's sign. */
const written = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
/** Where keys have a meaning of their own. */
const taken =
  "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=toolbar], .hr-panel, .modal";

type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "defaultPrevented" | "target"
>;

export function isForComposer(event: Pressed): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "?" || !(written.test(event.key) || event.key === "Dead")) return false;
  return !(event.target instanceof Element && event.target.closest(taken));
}

/** A dialog makes the page behind it inert; nothing may be typed there then. */
const isBehindDialog = (): boolean => document.getElementById("root")?.inert === true;

/** The browser puts the character into what has the focus once the key's listeners are through. */
export function useTypeToFocus(box: RefObject<{ focus: () => void } | null>, enabled = true): void {
  useEffect(() => {
    if (!enabled || window.matchMedia("(pointer: coarse)").matches) return;
    const listen = (event: KeyboardEvent) => {
      if (isForComposer(event) && !isBehindDialog()) box.current?.focus();
    };
    // on the window: whatever has a use for the key has heard of it by then
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [box, enabled]);
}
