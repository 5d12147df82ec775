// Shows its children only after a while, so that what loads quickly never flickers.
import { type ReactNode, useEffect, useState } from "react";

export interface DelayedProps {
  /** Milliseconds to wait. */
  after?: number;
  children: ReactNode;
}

export function Delayed({ after = 300, children }: DelayedProps) {
  const [due, setDue] = useState(after <= 0);
  useEffect(() => {
    if (after <= 0) return;
    const timer = setTimeout(() => setDue(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return due ? children : null;
}
