// Which parts of the rooms list are folded: kept on this device, per person.
import { useState } from "react";
import type { SectionKey } from "../features/rooms/rooms-section.tsx";
import { deviceShelf } from "../kit/shelf.ts";

const KEYS: readonly SectionKey[] = ["rooms", "private", "open"];
const shelfKey = (userId: number) => `homeroom.folds.${userId}`;

function read(userId: number): ReadonlySet<SectionKey> {
  const kept = (deviceShelf.getItem(shelfKey(userId)) ?? "").split(",");
  return new Set(KEYS.filter((key) => kept.includes(key)));
}

const keep = (userId: number, folded: ReadonlySet<SectionKey>): void =>
  deviceShelf.setItem(shelfKey(userId), [...folded].join(","));

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
