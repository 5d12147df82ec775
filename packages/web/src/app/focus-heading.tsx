// Something has happened to what one was looking at: the focus goes to the heading that says what.
import { type ReactNode, useEffect, useRef } from "react";

export function FocusHeading({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const heading = box.current?.querySelector<HTMLElement>("h1, h2");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }, []);
  return (
    <div ref={box} className="hr-focus-box">
      {children}
    </div>
  );
}
