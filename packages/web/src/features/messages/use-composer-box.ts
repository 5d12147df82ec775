// The composer's text box itself: its height, its caret, and where the focus goes when it comes and goes.
import { type Ref, type RefObject, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { applyEdit, insertAt, type Selection } from "./composer-edit.ts";

export interface ComposerHandle {
  /** The caret stays where it was last, which is at the end at first. */
  focus: () => void;
  /** Puts text in at the caret, in place of what is selected. */
  insert: (text: string) => void;
}

/** Browsers without `field-sizing` get their height from here. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element || CSS.supports("field-sizing", "content")) return;
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

export const selectionOf = (box: HTMLTextAreaElement): Selection => ({
  start: box.selectionStart,
  end: box.selectionEnd,
});

type Box = RefObject<HTMLTextAreaElement | null>;

/** An edit takes the place of the draft; when it is over, the draft's caret and scroll position are as they were. */
function useDraftPlace(box: Box, editing: boolean) {
  const place = useRef<(Selection & { top: number }) | null>(null);
  const was = useRef(editing);
  useLayoutEffect(() => {
    if (was.current && !editing && box.current && place.current) {
      const { start, end, top } = place.current;
      // the draft's value is in the box by now
      box.current.setSelectionRange(start, end);
      box.current.scrollTo({ top });
    }
    was.current = editing;
  }, [box, editing]);
  return () => {
    if (!editing && box.current) place.current = { ...selectionOf(box.current), top: box.current.scrollTop };
  };
}

/** When the box is taken away from under somebody's hands, the focus goes to what stands in its place, and back. */
function useHandover(box: Box, closed: boolean) {
  const sign = useRef<HTMLOutputElement>(null);
  const focused = useRef(false);
  useLayoutEffect(() => {
    if (!focused.current) return;
    if (closed) sign.current?.focus();
    else box.current?.focus();
  }, [box, closed]);
  return {
    sign,
    // React reports no blur when the element goes
    onFocus: () => void (focused.current = true),
    onBlur: () => void (focused.current = false),
  };
}

export function useComposerBox(ref: Ref<ComposerHandle> | undefined, { editing = false, closed = false }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const touched = useRef(false);
  const notePlace = useDraftPlace(box, editing);
  const handover = useHandover(box, closed);
  useLayoutEffect(() => grow(box.current));
  const focus = () => {
    const element = box.current;
    if (!element) return;
    element.focus();
    if (!touched.current) element.setSelectionRange(element.value.length, element.value.length);
  };
  const insert = (text: string) => {
    const element = box.current;
    if (!element) return;
    focus();
    applyEdit(element, insertAt(selectionOf(element), text));
  };
  useImperativeHandle(ref, () => ({ focus, insert }));
  const moved = () => {
    touched.current = true;
    notePlace();
  };
  return { box, handover, insert, moved };
}
