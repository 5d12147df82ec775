// The bar that floats over a message: my quick reactions, the ways to answer, and the rest behind "More actions".
import { Ellipsis, SmilePlus } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { AnchoredMenu } from "../../ui/anchored-menu.tsx";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import type { MessageAction } from "./message-actions.tsx";

const words = {
  toolbar: "Message actions",
  more: "More actions",
  react: (emoji: string) => `React ${emoji}`,
  add: "Add reaction",
};

export interface Reacting {
  /** What I use most. */
  quick: readonly string[];
  onReact?: ((emoji: string) => void) | undefined;
  onPick?: ((anchor: HTMLElement) => void) | undefined;
}

export interface MessageToolbarProps {
  actions: readonly MessageAction[];
  reacting: Reacting;
  /** "More actions" or the picker of reactions is open, so the bar must stay. */
  onHold: (held: boolean) => void;
}

const QUICK = 3;
/** What the bar needs above its message. */
const ROOM_PX = 40;

/** Left and Right move within the bar; Esc goes back to the message. */
function moveInBar(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (event.key === "Home") buttons[0]?.focus();
  else if (event.key === "End") buttons.at(-1)?.focus();
  else if (event.key === "Escape") event.currentTarget.closest<HTMLElement>("[data-message]")?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** At the upper edge of the list the bar hangs under its message instead of being cut off. */
function useHanging(bar: { current: HTMLElement | null }): boolean {
  const [isHanging, setHanging] = useState(false);
  useLayoutEffect(() => {
    const row = bar.current?.closest("[data-message]");
    const log = bar.current?.closest("[role='log']");
    if (!row || !log) return;
    const look = () => setHanging(row.getBoundingClientRect().top - log.getBoundingClientRect().top < ROOM_PX);
    look();
    row.addEventListener("pointerenter", look);
    row.addEventListener("focusin", look);
    return () => {
      row.removeEventListener("pointerenter", look);
      row.removeEventListener("focusin", look);
    };
  }, [bar]);
  return isHanging;
}

function Quick({ reacting }: { reacting: Reacting }) {
  const { quick, onReact, onPick } = reacting;
  return (
    <>
      {onReact &&
        quick.slice(0, QUICK).map((emoji) => (
          <button
            key={emoji}
            type="button"
            className="btn btn-light hr-btn-icon"
            aria-label={words.react(emoji)}
            title={words.react(emoji)}
            tabIndex={-1}
            onClick={() => onReact(emoji)}
          >
            {emoji}
          </button>
        ))}
      {onPick && (
        <IconButton
          label={words.add}
          icon={SmilePlus}
          iconSize={18}
          tabIndex={-1}
          data-react=""
          onClick={(event) => onPick(event.currentTarget)}
        />
      )}
    </>
  );
}

/** Reached with Enter from the message, so that the list stays one tab stop. */
export function MessageToolbar({ actions, reacting, onHold }: MessageToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState<HTMLElement | null>(null);
  const isHanging = useHanging(bar);
  const shown = actions.filter((action) => action.inBar);
  const rest = actions.filter((action) => !action.inBar);
  const hold = (anchor: HTMLElement | null) => {
    setMore(anchor);
    onHold(anchor !== null);
  };
  const items = rest.map(({ key, label, icon, danger = false, run }) => ({
    key,
    label,
    icon,
    danger,
    divider: danger && rest.length > 1,
    // the bar goes when the pointer does, so what the action opens gives the focus back to the message
    onSelect: () => {
      bar.current?.closest<HTMLElement>("[data-message]")?.focus({ preventScroll: true });
      run();
    },
  }));
  const { onPick } = reacting;
  const hasReactions = reacting.onPick !== undefined || (reacting.onReact !== undefined && reacting.quick.length > 0);
  return (
    <div
      ref={bar}
      className={classNames("hr-tools", isHanging && "is-hanging")}
      role="toolbar"
      aria-label={words.toolbar}
      tabIndex={-1}
      onKeyDown={moveInBar}
    >
      <Quick
        reacting={{
          ...reacting,
          onPick: onPick && ((anchor) => (onHold(true), onPick(anchor))),
        }}
      />
      {hasReactions && actions.length > 0 && <span className="hr-tools-line" />}
      {shown.map((action) => (
        <IconButton
          key={action.key}
          label={action.label}
          icon={action.icon}
          iconSize={18}
          tabIndex={-1}
          onClick={action.run}
        />
      ))}
      {rest.length > 0 && (
        <IconButton
          label={words.more}
          icon={Ellipsis}
          iconSize={18}
          tabIndex={-1}
          aria-haspopup="menu"
          aria-expanded={more !== null}
          onClick={(event) => hold(more ? null : event.currentTarget)}
        />
      )}
      {more && <AnchoredMenu label={words.more} anchor={more} items={items} onClose={() => hold(null)} />}
    </div>
  );
}
