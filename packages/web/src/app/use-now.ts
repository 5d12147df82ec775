// The time, to within some seconds, for what runs out by itself while it is on the screen.
import { useSyncExternalStore } from "react";

const STEP_MS = 5_000;

const subscribe = (listener: () => void) => {
  const timer = setInterval(listener, STEP_MS);
  return () => clearInterval(timer);
};

export const useNow = (): number => useSyncExternalStore(subscribe, () => Math.floor(Date.now() / STEP_MS) * STEP_MS);
