// The order of rooms on every screen: by name, as people count ("9b" before "10a").
export const byName = (a: { name: string }, b: { name: string }): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true });
