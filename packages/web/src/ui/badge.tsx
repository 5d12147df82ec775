// Small labels: counts, badges, role chips and keys of the keyboard.
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface CountProps {
  value: number;
  /** mention: red pencil with an @ · coral: the same without · go: green, something to do · chalk: look here. */
  kind?: "plain" | "mention" | "coral" | "go" | "chalk";
}

export function capped(value: number): string {
  return value > 99 ? "99+" : String(value);
}

/** Silent: the number belongs into the name of what it stands on. */
export function Count({ value, kind = "plain" }: CountProps) {
  if (value <= 0) return null;
  const text = kind === "mention" ? `@${capped(value)}` : capped(value);
  return (
    <span className={classNames("hr-count", kind !== "plain" && `is-${kind}`)} aria-hidden="true">
      {text}
    </span>
  );
}

export interface BadgeProps {
  tone?: "plain" | "green" | "chalk" | "coral" | "blue" | "line";
  children: ReactNode;
}

export function Badge({ tone = "plain", children }: BadgeProps) {
  return <span className={classNames("hr-badge", tone !== "plain" && `is-${tone}`)}>{children}</span>;
}

export interface RoleChipProps {
  line?: boolean;
  children: ReactNode;
}

export function RoleChip({ line = false, children }: RoleChipProps) {
  return <span className={classNames("hr-role", line && "is-line")}>{children}</span>;
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="hr-kbd">{children}</kbd>;
}
