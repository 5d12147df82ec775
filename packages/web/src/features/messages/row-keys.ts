// How a message is worked with from the keyboard, and which one has its bar in the page.
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useState } from "react";
import { shortcutOf } from "../../ui/shortcuts.ts";
import type { MessageAction } from "./message-actions.tsx";

export interface RowKeysOptions {
  actions: readonly MessageAction[];
  /** Opens the picker of reactions. */
  onPick: ((anchor: HTMLElement) => void) | undefined;
  /** Opens the sheet where there is no bar. */
  onOpen: (() => void) | undefined;
}

function runKey(event: KeyboardEvent<HTMLElement>, { actions, onPick, onOpen }: RowKeysOptions): boolean {
  const row = event.currentTarget;
  const id = shortcutOf("list", event);
  // The key that machines have for this needs no line in the table.
  if (id === "actions" || event.key === "ContextMenu") {
    const first = row.querySelector<HTMLElement>(".hr-tools button");
    if (!first && !onOpen) return false;
    if (first) first.focus();
    else onOpen?.();
    return true;
  }
  if (id === "react") {
    onPick?.(row.querySelector<HTMLElement>(".hr-rx.is-add, [data-react]") ?? row);
    return onPick !== undefined;
  }
  // What else the table names is called as the action is.
  const action = actions.find(({ key }) => key === id);
  action?.run();
  return action !== undefined;
}

/** Single letters work only while the row itself has the focus, never in what it holds. */
export function useRowKeys(options: RowKeysOptions) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && runKey(event, options)) event.preventDefault();
  };
}

let leaveLast: (() => void) | null = null;

/**
 * True from when the pointer or the focus comes to a row until another row has it: only such a row's bar is in the
 * page. It stays when both leave, for what it has opened gives the focus back to it.
 */
export function useNear(row: RefObject<HTMLElement | null>): { is: boolean; come: () => void } {
  const [is, setIs] = useState(false);
  const leave = useCallback(() => {
    if (!row.current?.contains(document.activeElement)) setIs(false);
  }, [row]);
  const come = useCallback(() => {
    if (leaveLast !== leave) leaveLast?.();
    leaveLast = leave;
    setIs(true);
  }, [leave]);
  useEffect(
    () => () => {
      if (leaveLast === leave) leaveLast = null;
    },
    [leave],
  );
  return { is, come };
}
