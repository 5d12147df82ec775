// The picker's box on wide screens: above or below what opened it, closed by Esc, by a click elsewhere and by scrolling
// away; the Tab key stays in it.
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

const GAP = 8;
const tabbable = "button:not(:disabled):not([tabindex='-1']), input, [tabindex='0']";

/** Above it, below it where there is no room, and always whole on the screen. */
export function placeBeside(
  anchor: Pick<DOMRect, "top" | "bottom" | "right">,
  size: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const clamp = (value: number, most: number) => Math.max(GAP, Math.min(value, most));
  const above = anchor.top - GAP - size.height;
  const top = above >= GAP ? above : anchor.bottom + GAP;
  return {
    left: clamp(anchor.right - size.width, screen.width - size.width - GAP),
    top: clamp(top, screen.height - size.height - GAP),
  };
}

function usePlace(anchor: HTMLElement) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const element = frame.current;
      if (!element) return;
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const screen = { width: window.innerWidth, height: window.innerHeight };
      const { left, top } = placeBeside(anchor.getBoundingClientRect(), size, screen);
      element.style.setProperty("left", `${left}px`);
      element.style.setProperty("top", `${top}px`);
    };
    place();
    window.addEventListener("resize", place);
    return () => window.removeEventListener("resize", place);
  }, [anchor]);
  return frame;
}

function turn(event: KeyboardEvent<HTMLElement>): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(tabbable)];
  const [first, last] = [stops[0], stops.at(-1)];
  const end = event.shiftKey ? first : last;
  if (document.activeElement !== end && document.activeElement !== event.currentTarget) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

export interface EmojiFrameProps {
  label: string;
  anchor: HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

export function EmojiFrame({ label, anchor, onClose, children }: EmojiFrameProps) {
  const frame = usePlace(anchor);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    frame.current?.focus();
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || frame.current?.contains(target) || anchor.contains(target)) return;
      close.current();
    };
    document.addEventListener("pointerdown", press, true);
    return () => document.removeEventListener("pointerdown", press, true);
  }, [frame, anchor]);
  const key = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Tab") return turn(event);
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
    anchor.focus();
  };
  return createPortal(
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- not modal: one may go on writing beside it
    <div ref={frame} role="dialog" aria-label={label} tabIndex={-1} className="hr-picker-frame" onKeyDown={key}>
      {children}
    </div>,
    document.body,
  );
}
