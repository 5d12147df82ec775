// Tabs over one panel: one tab stop, arrows move and choose at once.
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Count } from "./badge.tsx";
import { classNames } from "./class-names.ts";
import "../styles/threads.css";

const words = { unread: (count: number) => `, ${count} unread` };

export interface TabItem<T extends string> {
  value: T;
  label: string;
  /** What is new there. */
  unread?: number;
}

export interface TabsProps<T extends string> {
  /** What the tabs are of. */
  label: string;
  value: T;
  options: readonly TabItem<T>[];
  onChange: (value: T) => void;
  /** What the chosen tab shows. */
  children: ReactNode;
}

/** Where a key leads from tab `at` of `count`; null: nowhere. */
export function nextTab(key: string, at: number, count: number, isRtl = false): number | null {
  const forward = isRtl ? -1 : 1;
  const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward };
  const step = steps[key];
  if (step !== undefined) return (at + step + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

export function Tabs<T extends string>({ label, value, options, onChange, children }: TabsProps<T>) {
  const id = useId();
  const idOf = (one: T) => `${id}-${one}`;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = options.findIndex((option) => option.value === value);
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const to = nextTab(event.key, at, options.length, isRtl);
    const next = to === null ? undefined : options[to];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    document.getElementById(idOf(next.value))?.focus();
  };
  return (
    <>
      <div className="hr-segmented" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
        {options.map((option) => {
          const unread = option.unread ?? 0;
          const isChosen = option.value === value;
          return (
            <button
              key={option.value}
              id={idOf(option.value)}
              type="button"
              role="tab"
              className={classNames(isChosen && "is-chosen")}
              aria-selected={isChosen}
              aria-controls={`${id}-panel`}
              tabIndex={isChosen ? 0 : -1}
              onClick={() => onChange(option.value)}
            >
              {option.label}
              <Count value={unread} />
              {unread > 0 && <span className="hr-vh">{words.unread(unread)}</span>}
            </button>
          );
        })}
      </div>
      <div id={`${id}-panel`} className="hr-tab-panel" role="tabpanel" aria-labelledby={idOf(value)}>
        {children}
      </div>
    </>
  );
}
