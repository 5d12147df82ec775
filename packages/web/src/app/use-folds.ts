// Which parts of the rooms list are folded: kept on this device, per person.
import { useState } from "react";
import type { SectionKey } from "../features/rooms/rooms-section.tsx";

const KEYS: readonly SectionKey[] = ["rooms", "private", "open"];
const shelfKey = (userId: number) => `homeroom.folds.${userId}`;

/** Storage may be full or forbidden; then it lasts as long as the page. */
function read(userId: number): ReadonlySet<SectionKey> {
  try {
    const kept = (localStorage.getItem(shelfKey(userId)) ?? "").split(",");
    return new Set(KEYS.filter((key) => kept.includes(key)));
  } catch {
    return new Set();
  }
}

function keep(userId: number, folded: ReadonlySet<SectionKey>): void {
  try {
    localStorage.setItem(shelfKey(userId), [...folded].join(","));
  } catch {
    // as above
  }
}

export function useFolds(userId: number) {
  const [folded, setFolded] = useState(() => read(userId));
  const onFold = (section: SectionKey) => {
    const next = new Set(folded);
    if (!next.delete(section)) next.add(section);
    keep(userId, next);
    setFolded(next);
  };
  return { folded, onFold };
}
