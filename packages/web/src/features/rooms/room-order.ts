// The order of rooms on every screen: by name, as people count ("9b" before "10a"), whatever emoji stands in front.
import { nameBeside } from "../../ui/tile.tsx";

export const byName = (a: { name: string }, b: { name: string }): number =>
  nameBeside(a.name).localeCompare(nameBeside(b.name), undefined, { numeric: true });
