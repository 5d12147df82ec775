// A row of signs that jump to the categories of the picker; one tab stop, arrows move.
import { type KeyboardEvent, type MouseEvent, useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import type { PickerCategory } from "./emoji-picker-data.ts";

const words = { label: "Categories" };

/** Each category is a title and its rows, all of the same heights. */
function jump(event: MouseEvent<HTMLElement>, before: PickerCategory[], columns: number): void {
  const root = event.currentTarget.closest<HTMLElement>("[frimousse-root]");
  if (!root) return;
  const style = getComputedStyle(root);
  const height = (name: string) => Number.parseFloat(style.getPropertyValue(`--frimousse-${name}-height`)) || 0;
  const rows = before.reduce((sum, { count }) => sum + Math.ceil(count / columns), 0);
  const top = before.length * height("category-header") + rows * height("row");
  root.querySelector("[frimousse-viewport]")?.scrollTo({ top });
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export interface EmojiCategoriesProps {
  categories: PickerCategory[];
  columns: number;
  /** While searching there is nothing to jump to; its space stays. */
  hidden: boolean;
}

export function EmojiCategories({ categories, columns, hidden }: EmojiCategoriesProps) {
  const [stop, setStop] = useState(0);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (stop + step + categories.length) % categories.length;
    setStop(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus, one of them at a time
    <div
      role="toolbar"
      aria-label={words.label}
      className={classNames("hr-picker-groups", hidden && "is-idle")}
      onKeyDown={move}
    >
      {categories.map(({ index, label, sign }, at) => (
        <button
          key={index}
          type="button"
          aria-label={label}
          title={label}
          tabIndex={at === stop ? 0 : -1}
          onFocus={() => setStop(at)}
          onClick={(event) => jump(event, categories.slice(0, at), columns)}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
