// A menu that opens beside whatever asked for it. It hangs on the page itself, so no scrolling box cuts it off.
import type { LucideIcon } from "lucide-react";
import { Fragment, type KeyboardEvent, type SyntheticEvent, useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface MenuItem {
  key: string;
  label: string;
  icon?: LucideIcon;
  danger?: boolean;
  /** A longer name for assistive technology, where the label needs what stands above it. Begins or ends with the label. */
  name?: string;
  /** One of several that stand side by side. */
  small?: boolean;
  /** For choices: draws a tick and becomes a menuitemradio. */
  checked?: boolean;
  /** A line above this item. */
  divider?: boolean;
  /** A title above this item. */
  header?: string;
  /** Only under 768 px, for what the header has no room for there. */
  phoneOnly?: boolean;
  onSelect: () => void;
}

export interface AnchoredMenuProps {
  /** The accessible name. */
  label: string;
  anchor: HTMLElement;
  items: readonly MenuItem[];
  /** The side it would rather open to; it takes the other one where there is no room. */
  placement?: "down" | "up";
  /** Which item the focus begins on. */
  start?: "first" | "last";
  /** The menu has closed; the focus is back on the anchor unless a click elsewhere took it. */
  onClose: () => void;
}

const GAP = 4;
const EDGE = 8;
/** Letters typed this soon after each other are one word. */
const WORD_MS = 500;

/** Below the anchor (or above it) with their ends in line, on the other side where it has no room, always on screen. */
function place(menu: HTMLElement, anchor: HTMLElement, placement: "down" | "up"): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const above = at.top - GAP - height;
  const below = at.bottom + GAP;
  const fitsAbove = above >= EDGE;
  const fitsBelow = below + height + EDGE <= innerHeight;
  const isUp = placement === "up" ? fitsAbove || !fitsBelow : !fitsBelow;
  menu.style.top = `${Math.max(EDGE, Math.min(isUp ? above : below, innerHeight - height - EDGE))}px`;
  menu.style.left = `${Math.max(EDGE, Math.min(at.right - width, innerWidth - width - EDGE))}px`;
}

const itemsOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>("[role^='menuitem']") ?? [])];

function useLeaving(onClose: () => void, menu: { current: HTMLElement | null }, anchor: HTMLElement): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    // The button that opened it closes it by its own click.
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !anchor.contains(target) && !menu.current?.contains(target)) close.current();
    };
    // What scrolls elsewhere, as a list does for a new message, does not move the anchor.
    const scrolled = ({ target }: Event) => {
      if (target instanceof Node && target.contains(anchor)) close.current();
    };
    const gone = () => close.current();
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("focusin", outside);
    document.addEventListener("scroll", scrolled, true);
    window.addEventListener("resize", gone);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("scroll", scrolled, true);
      window.removeEventListener("resize", gone);
    };
  }, [menu, anchor]);
}

/** Stands beside its anchor with the focus on an item, also when the items change while it is open. */
function useStanding(menu: { current: HTMLElement | null }, { anchor, placement, start }: AnchoredMenuProps): void {
  const hasFocused = useRef(false);
  useLayoutEffect(() => {
    if (!menu.current) return;
    place(menu.current, anchor, placement ?? "down");
    if (hasFocused.current && document.activeElement !== document.body) return;
    hasFocused.current = true;
    itemsOf(menu.current)
      .at(start === "last" ? -1 : 0)
      ?.focus({ preventScroll: true });
  });
}

const nameOf = (item: HTMLElement) => (item.ariaLabel ?? item.textContent).trim().toLowerCase();

/** Typing goes to the item that begins with what is typed; the same letter again goes on to the next one. */
function useTypeahead() {
  const typed = useRef({ text: "", at: 0 });
  return (all: HTMLElement[], at: number, { key, timeStamp }: KeyboardEvent): HTMLElement | undefined => {
    const isWord = timeStamp - typed.current.at < WORD_MS;
    const text = (isWord ? typed.current.text : "") + key.toLowerCase();
    typed.current = { text, at: timeStamp };
    const isOneLetter = [...text].every((letter) => letter === text[0]);
    const from = isOneLetter ? at + 1 : at;
    const wanted = isOneLetter ? key.toLowerCase() : text;
    return [...all.slice(from), ...all.slice(0, from)].find((item) => nameOf(item).startsWith(wanted));
  };
}

function useKeys(menu: { current: HTMLElement | null }, back: () => void) {
  const find = useTypeahead();
  return (event: KeyboardEvent) => {
    event.stopPropagation();
    const { key, ctrlKey, metaKey, altKey } = event;
    const all = itemsOf(menu.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (Math.max(at, 0) - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[key];
    if (target !== undefined) all[target]?.focus();
    else if (key === "Escape" || key === "Tab") back();
    else if (key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey) find(all, at, event)?.focus();
    else return;
    event.preventDefault();
  };
}

/** What happens in it is no business of the rows that it was opened from, though React would tell them. */
const stays = (event: SyntheticEvent) => event.stopPropagation();

function Item({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const { danger, checked, small } = item;
  return (
    <button
      type="button"
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      tabIndex={-1}
      aria-label={item.name}
      aria-checked={checked}
      className={classNames("hr-menu-item", danger && "is-danger", checked && "is-checked", small && "is-small")}
      onClick={onChoose}
    >
      {item.icon && <Icon icon={item.icon} size={18} />}
      {item.label}
    </button>
  );
}

export function AnchoredMenu(props: AnchoredMenuProps) {
  const { label, anchor, items, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const back = () => {
    anchor.focus({ preventScroll: true });
    onClose();
  };
  const onKeyDown = useKeys(menu, back);
  useLeaving(onClose, menu, anchor);
  useStanding(menu, props);
  return createPortal(
    <div
      ref={menu}
      className="hr-menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={stays}
      onBlur={stays}
      onPointerDown={stays}
      onPointerEnter={stays}
      onClick={stays}
    >
      {items.map((item) => (
        <Fragment key={item.key}>
          {item.divider && <hr />}
          {item.header && <div className="hr-menu-head">{item.header}</div>}
          <Item item={item} onChoose={() => (back(), item.onSelect())} />
        </Fragment>
      ))}
    </div>,
    // a dialog lets the focus out of itself nowhere
    anchor.closest(".modal") ?? document.body,
  );
}
