// Whether a media query holds, and again whenever that changes.
import { useCallback, useSyncExternalStore } from "react";

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  // Drawn as text, as tests do, there is no screen for anything to hold of.
  const onNoScreen = () => false;
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches, onNoScreen);
}

/** Fingers are what points here: Enter then makes a new line, and actions open as a sheet. */
export function useCoarsePointer(): boolean {
  return useMediaQuery("(pointer: coarse)");
}

/** One pane at a time. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 767.98px)");
}
