// Nothing here, not yet, or not any more: a small drawing, what happened, and what to do next.
import type { ReactNode } from "react";
import { Spot, type SpotName } from "./spots.tsx";

export interface EmptyStateProps {
  spot: SpotName;
  title: string;
  text?: ReactNode;
  /** Buttons; the helpful one first. */
  actions?: ReactNode;
  /** A short form, where a button is not enough. */
  below?: ReactNode;
  /** Where the title stands in the page's outline. */
  level?: 1 | 2 | 3;
  /** Read out at once, for what just happened to the reader. */
  alert?: boolean;
}

export function EmptyState({ spot, title, text, actions, below, level = 2, alert = false }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="hr-empty" role={alert ? "alert" : undefined}>
      <Spot name={spot} />
      <Heading className="hr-empty-title">{title}</Heading>
      {text && <p>{text}</p>}
      {actions && <div className="hr-empty-acts">{actions}</div>}
      {below}
    </div>
  );
}
