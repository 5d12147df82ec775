// What this device keeps for the page. Storage may be full or forbidden; then things last as long as the page.

export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** @param storage asked for each time: where it is forbidden, already naming it throws */
export function createShelf(storage: () => Shelf): Shelf {
  const spare = new Map<string, string>();
  const attempt = <T>(work: (stored: Shelf) => T, otherwise: T): T => {
    try {
      return work(storage());
    } catch {
      return otherwise;
    }
  };
  const keys = (): string[] => {
    const stored = attempt((all) => Array.from({ length: all.length }, (_, index) => all.key(index) ?? ""), []);
    return [...new Set([...stored, ...spare.keys()])];
  };
  return {
    getItem: (key) => spare.get(key) ?? attempt((all) => all.getItem(key), null),
    setItem(key, value) {
      const isKept = attempt((all) => (all.setItem(key, value), true), false);
      if (isKept) spare.delete(key);
      else spare.set(key, value);
    },
    removeItem(key) {
      spare.delete(key);
      attempt((all) => all.removeItem(key), undefined);
    },
    key: (index) => keys()[index] ?? null,
    get length() {
      return keys().length;
    },
  };
}

export const deviceShelf = createShelf(() => localStorage);

/** The entries of a list that was kept as JSON; what somebody else may have written there is none. */
export function readList<T>(shelf: Pick<Shelf, "getItem">, key: string, isOne: (entry: unknown) => entry is T): T[] {
  try {
    const list: unknown = JSON.parse(shelf.getItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter(isOne) : [];
  } catch {
    return [];
  }
}

export const isText = (entry: unknown): entry is string => typeof entry === "string";
export const isNumber = (entry: unknown): entry is number => typeof entry === "number";
