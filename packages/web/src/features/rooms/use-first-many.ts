// Draws a long list bit by bit: the first hundred at once, more as their end comes into view.
import { useEffect, useState } from "react";

const STEP = 100;

/** How many of them to draw; while there are more, an element with `key={most}` and `ref={mark}` stands at the end. */
export function useFirstMany(all: number): {
  most: number;
  hasMore: boolean;
  mark: (element: HTMLElement | null) => void;
} {
  const [most, setMost] = useState(STEP);
  const [element, mark] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!element) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setMost((before) => before + STEP);
      },
      { rootMargin: "600px" },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [element]);
  return { most, hasMore: most < all, mark };
}
