// Keeps the focus in a list whose rows come and go: when what had it is taken away, the row's menu gets it, else the
// heading above. Lists that change by themselves would otherwise throw a keyboard back to the top of the page.
import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

export interface KeptFocus {
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/** In the list, or in a menu that was opened from it. */
export const isWithin = (list: Element, target: EventTarget | null): boolean =>
  target instanceof Element && (list.contains(target) || target.closest("[role='menu']") !== null);

const heirOf = (row: HTMLElement, list: HTMLElement): HTMLElement | null => {
  const own = row.isConnected ? row.querySelector<HTMLElement>("[aria-haspopup]") : null;
  return own ?? list.closest("aside, main")?.querySelector<HTMLElement>("h2[tabindex], h1[tabindex]") ?? null;
};

export function useKeptFocus(list: RefObject<HTMLElement | null>): KeptFocus {
  const row = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (row.current && list.current && document.activeElement === document.body)
      heirOf(row.current, list.current)?.focus();
  });
  return {
    onFocus: ({ target }) => {
      row.current = target.closest("li");
    },
    onBlur: ({ target, relatedTarget, currentTarget }) => {
      // A button that is busy loses the focus to nobody; somebody who went elsewhere took it along.
      const isBusy = target instanceof HTMLButtonElement && target.disabled;
      if (!isBusy && !isWithin(currentTarget, relatedTarget)) row.current = null;
    },
  };
}
