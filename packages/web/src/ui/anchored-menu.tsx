// A menu that opens beside whatever asked for it. It hangs on the page itself, so no scrolling box cuts it off.
import { Fragment, type KeyboardEvent, type SyntheticEvent, useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { MenuItem } from "./menu.tsx";

export interface AnchoredMenuProps {
  /** The accessible name. */
  label: string;
  anchor: HTMLElement;
  items: readonly MenuItem[];
  /** The menu has closed; the focus is back on the anchor unless a click elsewhere took it. */
  onClose: () => void;
}

const GAP = 4;
const EDGE = 8;

/** Below the anchor with their ends in line, above it where there is no room below, and always on the screen. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const fitsBelow = at.bottom + GAP + height + EDGE <= innerHeight;
  const top = fitsBelow ? at.bottom + GAP : at.top - GAP - height;
  menu.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
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
      const isAnchor = target instanceof Node && target !== document && anchor.contains(target);
      if (!isAnchor && !menu.current?.contains(target as Node | null)) close.current();
    };
    const gone = () => close.current();
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("scroll", outside, true);
    window.addEventListener("resize", gone);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("scroll", outside, true);
      window.removeEventListener("resize", gone);
    };
  }, [menu, anchor]);
}

/** What happens in it is no business of the rows that it was opened from, though React would tell them. */
const stays = (event: SyntheticEvent) => event.stopPropagation();

export function AnchoredMenu({ label, anchor, items, onClose }: AnchoredMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLeaving(onClose, menu, anchor);
  useLayoutEffect(() => {
    if (!menu.current) return;
    place(menu.current, anchor);
    itemsOf(menu.current)[0]?.focus({ preventScroll: true });
  }, [anchor]);
  const back = () => {
    anchor.focus({ preventScroll: true });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const all = itemsOf(menu.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) all[target]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") back();
    else return;
    event.preventDefault();
  };
  const choose = (item: MenuItem) => {
    back();
    item.onSelect();
  };
  return createPortal(
    <div
      ref={menu}
      className="hr-menu hr-menu-anchored dropdown-menu show"
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
          {item.divider && <hr className="dropdown-divider" />}
          {item.header && <div className="dropdown-header">{item.header}</div>}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-label={item.name}
            className={classNames("dropdown-item", item.danger && "is-danger", item.small && "is-small")}
            onClick={() => choose(item)}
          >
            {item.icon && <Icon icon={item.icon} size={18} />}
            {item.label}
          </button>
        </Fragment>
      ))}
    </div>,
    document.body,
  );
}
