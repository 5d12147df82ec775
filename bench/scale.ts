// How large a run is: the real one, and a tiny one that only shows that everything works.

export interface Scale {
  seconds: number;
  /** For each point of a plot. */
  plotSeconds: number;
  warm: number;
  /** Before pages are counted, whoever serves them. */
  warmPages: number;
  drain: number;
  small: number;
  big: number;
  rates: { steady: number; many: number[] };
  sockets: number;
  missed: number;
  settle: number;
  patience: number;
  people: number;
  few: number;
  lots: number;
  starts: number;
  sizes: number[];
  offered: number[];
}

export const FULL: Scale = {
  seconds: 5,
  plotSeconds: 3,
  warm: 1,
  warmPages: 10,
  drain: 10,
  small: 100,
  big: 1_000,
  rates: { steady: 50, many: [500, 1_000] },
  sockets: 10_000,
  missed: 100,
  settle: 5,
  patience: 60,
  people: 2_000,
  few: 1_000,
  lots: 1_000_000,
  starts: 3,
  sizes: [10, 20, 50, 100, 200, 500, 1_000, 2_000],
  offered: [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600],
};

export const QUICK: Scale = {
  seconds: 0.15,
  plotSeconds: 0.1,
  warm: 0,
  warmPages: 0,
  // As long as a very busy machine may need; mostly it waits for nothing.
  drain: 20,
  small: 10,
  big: 30,
  rates: { steady: 50, many: [100, 200] },
  sockets: 100,
  missed: 20,
  settle: 0.1,
  patience: 60,
  people: 100,
  few: 200,
  lots: 4_000,
  starts: 1,
  sizes: [5, 20],
  offered: [50, 100],
};
