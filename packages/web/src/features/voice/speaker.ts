// The page's loudspeaker, and which voice messages are on the page: the next one of the same conversation plays on.
import { type RefObject, useEffect, useSyncExternalStore } from "react";
import { createPlayback, type PlayState, type Track } from "./playback.ts";

interface Shown {
  readonly track: Track;
  readonly element: HTMLElement;
}

const onPage = new Set<Shown>();
/** The one that plays: the same message may stand in its room and in its thread. */
let playing: Shown | null = null;

const logOf = ({ element }: Shown) => element.closest('[role="log"]');
const isAfter = (one: Shown, other: Shown) =>
  (one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;

function nextOf(id: string): Track | null {
  const here = playing?.track.id === id ? playing : null;
  const log = here && logOf(here);
  if (!here || !log) return null;
  const [next] = [...onPage]
    .filter((other) => logOf(other) === log && isAfter(here, other))
    .toSorted((one, other) => (isAfter(one, other) ? -1 : 1));
  playing = next ?? null;
  return next?.track ?? null;
}

const speaker = createPlayback({ createAudio: () => new Audio(), nextOf });

const addresses = new WeakMap<Blob, string>();

/** An address for what was recorded here, until it is released. */
export function addressOf(blob: Blob): string {
  const address = addresses.get(blob) ?? URL.createObjectURL(blob);
  addresses.set(blob, address);
  return address;
}

/** It is not needed any more: what plays it falls silent, and its memory is free. */
export function release(blob: Blob): void {
  const address = addresses.get(blob);
  if (address === undefined) return;
  speaker.forget(address);
  URL.revokeObjectURL(address);
  addresses.delete(blob);
}

/** Before somebody speaks into the microphone. */
export const hush = (): void => speaker.hush();

/** What is gone from the page falls silent; what has only been scrolled out of it plays on. */
function leave(shown: Shown): void {
  onPage.delete(shown);
  const { id } = shown.track;
  const log = logOf(shown);
  const row = shown.element.closest("[data-message]");
  setTimeout(() => {
    const isElsewhere = [...onPage].some(({ track }) => track.id === id);
    const isScrolledOut = log?.isConnected === true && row?.isConnected === false;
    if (!isElsewhere && !isScrolledOut) speaker.forget(id);
  });
}

export interface Speaker {
  state: PlayState;
  speed: number;
  toggle: () => void;
  seek: (at_ms: number) => void;
  faster: () => void;
}

/** @param track the same object as long as it is the same sound */
export function useSpeaker(track: Track, box: RefObject<HTMLElement | null>): Speaker {
  const state = useSyncExternalStore(speaker.subscribe, () => speaker.stateOf(track));
  const speed = useSyncExternalStore(speaker.subscribe, speaker.speed);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const shown = { track, element };
    onPage.add(shown);
    return () => leave(shown);
  }, [track, box]);
  return {
    state,
    speed,
    toggle() {
      playing = [...onPage].find((shown) => shown.element === box.current) ?? null;
      speaker.toggle(track);
    },
    seek: (at_ms) => speaker.seek(track, at_ms),
    faster: () => speaker.faster(),
  };
}
