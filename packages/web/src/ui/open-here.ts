// Links within the page: a plain click stays here, and everything else a link can do stays the browser's.
import type { MouseEvent } from "react";

/** Opens in this page, unless a key or the button says "in another tab". */
export function openHere(open: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  };
}
