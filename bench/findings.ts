// What a run found: rows of figures, a column for each server, and the points of the plots.
import type { Dialect } from "./jobs.ts";
import type { Machine } from "./machine.ts";

/** Busier than this, the load process may be what was measured. */
const MOST_BUSY = 0.95;

export interface Row {
  key: string;
  label: string;
  better: "more" | "less";
  values: Partial<Record<Dialect, number>>;
  /** Servers whose figure the load process may have held down. */
  limited: Dialect[];
}

export interface RoomPoint {
  size: number;
  deliveriesPerS: number;
  p99: number;
}

export interface LoadPoint {
  offeredPerS: number;
  /** Deliveries a second, for what was sent until it had arrived. */
  deliveriesPerS: number;
  p99: number;
  /** Something did not arrive, was a second late, or somebody was cut off. */
  broke: boolean;
}

export interface Findings {
  machine: Machine;
  at: string;
  quick: boolean;
  rows: Row[];
  rooms: Partial<Record<Dialect, RoomPoint[]>>;
  load: Partial<Record<Dialect, LoadPoint[]>>;
  /** The most that the load process can count a second, in frames that come many at once and each for itself. */
  limit: { batched?: number; single?: number };
  warnings: string[];
}

export const emptyFindings = (machine: Machine, quick: boolean): Findings => ({
  machine,
  at: new Date().toISOString(),
  quick,
  rows: [],
  rooms: {},
  load: {},
  limit: {},
  warnings: [],
});

export interface Figure {
  key: string;
  label: string;
  better: Row["better"];
  value: number;
  busy?: number;
}

export const note = (findings: Findings, dialect: Dialect, { key, label, better, value, busy = 0 }: Figure): void => {
  let row = findings.rows.find((one) => one.key === key);
  if (!row) findings.rows.push((row = { key, label, better, values: {}, limited: [] }));
  row.values[dialect] = value;
  if (busy > MOST_BUSY) row.limited.push(dialect);
};
