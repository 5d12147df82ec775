// Whether an instant has passed, to the moment: for what opens by itself when the time is over.
import { useCallback, useSyncExternalStore } from "react";

/** As long as a timer may wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** True as well where there is nothing to wait for. */
export function usePassed(instant: string | null): boolean {
  const at = instant === null ? 0 : Date.parse(instant);
  const subscribe = useCallback(
    (passed: () => void) => {
      let timer: ReturnType<typeof setTimeout>;
      const wait = () => {
        const left = at - Date.now();
        if (left <= 0) passed();
        else timer = setTimeout(wait, Math.min(left, LONGEST_MS));
      };
      wait();
      return () => clearTimeout(timer);
    },
    [at],
  );
  return useSyncExternalStore(subscribe, () => at <= Date.now());
}
