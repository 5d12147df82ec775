// A button that opens a menu: arrow keys move, Esc closes, focus returns to the button.
import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import Dropdown from "react-bootstrap/Dropdown";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { usePhone } from "./use-media-query.ts";

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

function roleOf(item: MenuItem): "menuitem" | "menuitemradio" {
  return item.checked === undefined ? "menuitem" : "menuitemradio";
}

function Item({ item }: { item: MenuItem }) {
  return (
    <>
      {item.divider && <Dropdown.Divider />}
      {item.header && <div className="dropdown-header">{item.header}</div>}
      <Dropdown.Item
        as="button"
        type="button"
        role={roleOf(item)}
        aria-checked={item.checked}
        aria-label={item.name}
        className={classNames(item.danger && "is-danger", item.checked && "active", item.small && "is-small")}
        onClick={item.onSelect}
      >
        {item.icon && <Icon icon={item.icon} size={18} />}
        {item.label}
      </Dropdown.Item>
    </>
  );
}

export function Menu({ label, icon, items, placement = "down", badge, className }: MenuProps) {
  const phone = usePhone();
  const [isOpen, setOpen] = useState(false);
  // hidden with CSS, an item would stop the arrow keys
  const shown = items.filter((item) => phone || !item.phoneOnly);
  if (shown.length === 0) return null;
  return (
    <Dropdown
      drop={placement}
      align="end"
      className={className}
      focusFirstItemOnShow
      onToggle={setOpen}
      // Esc closes the menu, and not what the menu stands in as well
      onKeyDown={(event: KeyboardEvent) => {
        if (isOpen && event.key === "Escape") event.preventDefault();
      }}
    >
      <Dropdown.Toggle variant="light" className="hr-btn-icon hr-no-caret" aria-label={label} title={label}>
        <Icon icon={icon} />
        {badge}
      </Dropdown.Toggle>
      <Dropdown.Menu role="menu" aria-label={label} className="hr-menu" renderOnMount={false}>
        {shown.map((item) => (
          <Item key={item.key} item={item} />
        ))}
      </Dropdown.Menu>
    </Dropdown>
  );
}
