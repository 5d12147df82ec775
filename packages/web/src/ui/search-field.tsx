// A field that looks for something: one line, a way to empty it, and two keys that whoever stands around it may take.
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import "../styles/search-field.css";

const words = { clear: "Clear the search" };
/** More than anybody types; the server takes no more either. */
const MOST = 200;

export interface SearchFieldProps {
  label: string;
  /** Stands in the empty field; the label where it is left out. */
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
  /** Without it Esc empties the field, as browsers do. */
  onEscape?: () => void;
}

export function SearchField({ label, placeholder = label, value, onChange, onEnter, onEscape }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className="hr-search-in">
      <Icon icon={Search} size={18} />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={MOST}
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") onEnter?.();
          if (event.key !== "Escape" || !onEscape) return;
          // The browser would only empty the field.
          event.preventDefault();
          onEscape();
        }}
      />
      {value && (
        <IconButton
          label={words.clear}
          icon={X}
          size="xs"
          onClick={() => {
            onChange("");
            field.current?.focus();
          }}
        />
      )}
    </search>
  );
}
