// What the keys do in the composer's text box, when no list is open above it.
import type { KeyboardEvent } from "react";
import { type ShortcutId, shortcutOf } from "../../ui/shortcuts.ts";
import { applyEdit, type Mark, toggleMark } from "./composer-edit.ts";

const MARKS: Partial<Record<ShortcutId, Mark>> = { bold: "**", italic: "*", code: "`", strike: "~~" };

export interface KeyOptions {
  value: string;
  /** A reply or an edit that Esc leaves. */
  leavable: boolean;
  /** Enter alone sends; otherwise it makes a new line. */
  enterSends: boolean;
  send: () => void;
  onCancelContext: () => void;
  onEditLast?: () => void;
  onFiles?: () => void;
}

/** Enter that ends an input method's composition is not ours; Safari reports it late, as key 229. */
export const isComposing = (event: KeyboardEvent): boolean => event.nativeEvent.isComposing || event.keyCode === 229;

function mark(event: KeyboardEvent<HTMLTextAreaElement>, id: ShortcutId | null): boolean {
  const sign = id && MARKS[id];
  if (!sign) return false;
  const box = event.currentTarget;
  applyEdit(box, toggleMark(box.value, { start: box.selectionStart, end: box.selectionEnd }, sign));
  return true;
}

export function handleKey(event: KeyboardEvent<HTMLTextAreaElement>, options: KeyOptions): void {
  const { value, leavable, enterSends, send, onCancelContext, onEditLast, onFiles } = options;
  const id = shortcutOf("composer", event);
  const isCommand = event.ctrlKey || event.metaKey;
  if (id === "send" && (enterSends || isCommand)) send();
  else if (id === "leave" && leavable) onCancelContext();
  else if (id === "edit-last" && value === "" && !leavable && onEditLast) onEditLast();
  else if (id === "files" && onFiles) onFiles();
  else if (!mark(event, id)) return;
  event.preventDefault();
  event.stopPropagation();
}
