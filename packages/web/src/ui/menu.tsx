// A button that opens a menu: arrow keys move, Esc closes, focus returns to the button.
import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { AnchoredMenu, type AnchoredMenuProps, type MenuItem } from "./anchored-menu.tsx";
import { IconButton } from "./button.tsx";
import { usePhone } from "./use-media-query.ts";

export type { MenuItem } from "./anchored-menu.tsx";

export interface MenuProps {
  /** The accessible name and the tooltip of the button, and the name of the menu. */
  label: string;
  icon: LucideIcon;
  items: MenuItem[];
  /** Where the menu opens. */
  placement?: "down" | "up";
  /** A count on the button's shoulder. */
  badge?: ReactNode;
  className?: string;
}

type Opened = Pick<AnchoredMenuProps, "anchor" | "start">;

export function Menu({ label, icon, items, placement, badge, className }: MenuProps) {
  const phone = usePhone();
  const [opened, setOpened] = useState<Opened | null>(null);
  // hidden with CSS, an item would stop the arrow keys
  const shown = items.filter((item) => phone || !item.phoneOnly);
  if (shown.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpened({ anchor: event.currentTarget, start: event.key === "ArrowUp" ? "last" : "first" });
  };
  return (
    <>
      <IconButton
        label={label}
        icon={icon}
        badge={badge}
        className={className}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        onKeyDown={onKeyDown}
        onClick={({ currentTarget }) => setOpened(opened ? null : { anchor: currentTarget })}
      />
      {opened && (
        <AnchoredMenu {...opened} label={label} items={shown} placement={placement} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
