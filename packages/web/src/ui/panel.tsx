// The frame of a side panel: its bar, and what scrolls below.
import { ArrowLeft, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { mainId } from "./app-frame.tsx";
import { IconButton } from "./button.tsx";

const words = { back: "Back", close: "Close panel" };

export interface PanelProps {
  title: string;
  sub?: ReactNode;
  /** Buttons at the end of the bar. */
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Where the focus was before the panel came, once what held it in the panel is gone. Stands before everything that takes
 * the focus: effects run in the order of the page.
 */
function ReturnFocus() {
  useEffect(() => {
    const opener = document.activeElement;
    // A button that floats over a message while one is near is out of sight by then; the message is not.
    const row = opener?.closest<HTMLElement>("article[tabindex]");
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost) return;
      // What is out of sight by then does not take the focus.
      for (const next of [opener, row, document.getElementById(mainId)]) {
        if (!(next instanceof HTMLElement) || next === document.body) continue;
        next.focus({ preventScroll: true });
        if (document.activeElement === next) return;
      }
    };
  }, []);
  return null;
}

/** Gives the focus back when it closes, which Esc does. What stands in it takes the focus. */
export function PanelBox({ onClose, children }: Pick<PanelProps, "onClose" | "children">) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what it holds bubble up to it
    <div
      className="hr-panel-frame"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        // Sheets and dialogs that were opened from here lie elsewhere in the page, and close by themselves.
        if (!event.currentTarget.contains(event.target as Node)) return;
        // One layer at a time: the room below has a meaning of its own for it.
        event.preventDefault();
        onClose();
      }}
    >
      <ReturnFocus />
      {children}
    </div>
  );
}

function PanelBar({ title, sub, tools, onClose }: Omit<PanelProps, "children">) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="hr-head">
      <IconButton label={words.back} icon={ArrowLeft} className="hr-back" onClick={onClose} />
      <div className="hr-grow">
        <h2 ref={heading} className="hr-head-title" tabIndex={-1}>
          {title}
        </h2>
        {sub && <div className="hr-head-topic hr-ell">{sub}</div>}
      </div>
      {tools}
      <IconButton label={words.close} icon={X} className="hr-hide-sm" onClick={onClose} />
    </header>
  );
}

/** Takes the focus when it opens, and gives it back. Esc closes it. */
export function Panel({ children, ...bar }: PanelProps) {
  return (
    <PanelBox onClose={bar.onClose}>
      <PanelBar {...bar} />
      <div className="hr-panel-scroll">{children}</div>
    </PanelBox>
  );
}

export interface PanelSectionProps {
  title: string;
  /** How many are in it. */
  count?: number | undefined;
  children: ReactNode;
}

export function PanelSection({ title, count, children }: PanelSectionProps) {
  return (
    <section aria-label={title}>
      <h3 className="hr-panel-sec">
        {title}
        {count !== undefined && <span className="hr-num">{count}</span>}
      </h3>
      {children}
    </section>
  );
}
