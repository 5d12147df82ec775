// How somebody likes the page on this device: letters, density, what Enter does. The small script in the page's head
// (public/theme.js) applies the first two before anything is drawn.
import { useSyncExternalStore } from "react";

export type Density = "comfortable" | "compact" | "large";
export type Letters = "plain" | "legible";

export interface Preferences {
  readonly density: Density;
  readonly letters: Letters;
  /** Else Enter makes a new line, and Ctrl+Enter sends. */
  readonly enterSends: boolean;
}

const KEYS = { density: "hr-density", letters: "hr-letters", enterSends: "hr-enter" } as const;
const EVENT = "hr-preferences";

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const read = (): Preferences => {
  const density = stored(KEYS.density);
  return {
    density: density === "compact" || density === "large" ? density : "comfortable",
    letters: stored(KEYS.letters) === "legible" ? "legible" : "plain",
    enterSends: stored(KEYS.enterSends) !== "line",
  };
};

let known = read();

const isSame = (a: Preferences, b: Preferences) =>
  a.density === b.density && a.letters === b.letters && a.enterSends === b.enterSends;

/** The same object while nothing has changed. */
export function preferences(): Preferences {
  const now = read();
  if (!isSame(now, known)) known = now;
  return known;
}

/** The letters come with a file of their own, fetched by those who want them. */
const fetchLetters = () => import("@fontsource-variable/atkinson-hyperlegible-next/wght.css");

export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...preferences(), ...change };
  try {
    localStorage.setItem(KEYS.density, next.density);
    localStorage.setItem(KEYS.letters, next.letters);
    localStorage.setItem(KEYS.enterSends, next.enterSends ? "send" : "line");
  } catch {
    // storage is blocked: nothing can be kept
  }
  if (next.letters === "legible") void fetchLetters();
  window.dispatchEvent(new Event("hr-theme"));
  window.dispatchEvent(new Event(EVENT));
}

/** At the start of the page: the letters that were chosen. */
export function startPreferences(): void {
  if (preferences().letters === "legible") void fetchLetters();
}

const subscribe = (listener: () => void) => {
  window.addEventListener("storage", listener);
  window.addEventListener(EVENT, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(EVENT, listener);
  };
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
