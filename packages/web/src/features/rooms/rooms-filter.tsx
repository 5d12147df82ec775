// The field that takes the place of "Jump to" as soon as somebody types in the rooms list.
import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

const words = {
  label: "Filter the list",
  clear: "Show all",
  found: (count: number) => (count === 1 ? "1 match" : `${count} matches`),
};

export interface RoomsFilterProps {
  value: string;
  /** How many rows are left. */
  found: number;
  /** An empty value ends the filter. */
  onChange: (value: string) => void;
  /** Into the list below. */
  onDown: () => void;
  /** Opens the first that is left. */
  onEnter: () => void;
}

export function RoomsFilter({ value, found, onChange, onDown, onEnter }: RoomsFilterProps) {
  const field = useRef<HTMLInputElement>(null);
  // Before the next letter comes.
  useLayoutEffect(() => field.current?.focus(), []);
  const keys: Record<string, () => void> = { Escape: () => onChange(""), ArrowDown: onDown, Enter: onEnter };
  const press = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="hr-jump-to is-filter">
      <Icon icon={ListFilter} size={18} />
      <input
        ref={field}
        aria-label={words.label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        autoComplete="off"
        spellCheck={false}
      />
      <IconButton label={words.clear} icon={X} size="xs" onClick={() => onChange("")} />
      <output className="hr-vh">{words.found(found)}</output>
    </div>
  );
}
