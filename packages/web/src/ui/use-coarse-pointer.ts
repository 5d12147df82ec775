// Whether fingers are what points here: Enter then makes a new line, and actions open as a sheet.
import { useSyncExternalStore } from "react";

const query = "(pointer: coarse)";

function subscribe(changed: () => void): () => void {
  const list = window.matchMedia(query);
  list.addEventListener("change", changed);
  return () => list.removeEventListener("change", changed);
}

export function useCoarsePointer(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
