// What modules keep beside the state for whoever is signed in: nothing of it is left for the next one at this computer.

/** One for each signing in. */
const visits = new WeakMap<object, object>();

export const beginVisit = (core: object): void => void visits.set(core, {});

function visitOf(core: object): object {
  const visit = visits.get(core) ?? {};
  visits.set(core, visit);
  return visit;
}

/** A value of its own for each visit, made when it is first asked for. */
export function perVisit<T extends object>(make: () => T): (core: object) => T {
  const kept = new WeakMap<object, T>();
  return (core) => {
    const visit = visitOf(core);
    const value = kept.get(visit) ?? make();
    kept.set(visit, value);
    return value;
  };
}
