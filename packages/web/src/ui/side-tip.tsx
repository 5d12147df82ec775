// The name of something small, beside it, while the pointer or the keyboard's focus is on it: for lists of pictures.
import { type RefObject, useEffect, useState } from "react";
import { createPortal } from "react-dom";

interface Tip {
  text: string;
  x: number;
  y: number;
}

const GAP = 8;

/** Only where the words do not stand there already: folded away, or cut off. */
function isCut(element: HTMLElement): boolean {
  const text = element.querySelector<HTMLElement>(".hr-ell, [data-tip-text]");
  return text !== null && (text.clientWidth <= 1 || text.scrollWidth > text.clientWidth || isClipped(text));
}

const isClipped = (text: HTMLElement) => {
  const line = text.closest<HTMLElement>(".hr-row-line") ?? text;
  return line.clientWidth <= 1;
};

function tipOf(target: EventTarget | null): Tip | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
  const text = element?.dataset.tip;
  if (!element || !text || !isCut(element)) return null;
  const box = element.getBoundingClientRect();
  return { text, x: box.right + GAP, y: box.top + box.height / 2 };
}

/** Watches what is in `within` for `data-tip`. Silent: the words are the accessible name of what it stands on. */
export function SideTip({ within }: { within: RefObject<HTMLElement | null> }) {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    const list = within.current;
    if (!list) return;
    const stop = new AbortController();
    const { signal } = stop;
    const hide = () => setTip(null);
    const onFocus = ({ target }: FocusEvent) =>
      setTip(target instanceof Element && target.matches(":focus-visible") ? tipOf(target) : null);
    list.addEventListener("mouseover", ({ target }) => setTip(tipOf(target)), { signal });
    list.addEventListener("mouseleave", hide, { signal });
    list.addEventListener("focusin", onFocus, { signal });
    list.addEventListener("focusout", hide, { signal });
    list.addEventListener("click", hide, { signal });
    list.addEventListener("scroll", hide, { signal, capture: true });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && hide(), { signal });
    return () => stop.abort();
  }, [within]);
  if (!tip) return null;
  return createPortal(
    <div className="hr-tip" style={{ left: tip.x, top: tip.y }} aria-hidden="true">
      {tip.text}
    </div>,
    document.body,
  );
}
