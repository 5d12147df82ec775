// The two plots of a run: rooms of every size, and a room that is offered ever more.
import type { Findings } from "./findings.ts";
import type { Dialect } from "./jobs.ts";
import { drawPlot, type Point, type Series } from "./plot.ts";
import { figure } from "./report.ts";
import { FULL, QUICK } from "./scale.ts";
import { NAMES, SERVERS } from "./servers.ts";

const seriesOf = (
  points: (dialect: Dialect) => Point[],
  broke: (dialect: Dialect) => boolean = () => false,
): Series[] => SERVERS.map((dialect) => ({ name: NAMES[dialect], points: points(dialect), broke: broke(dialect) }));

/** In words, for those who do not see lines: how each begins and ends. */
const told = (series: Series[], unit: string): string =>
  series
    .filter(({ points }) => points.length > 0)
    .map(({ name, points }) => `${name} from ${figure(points[0]?.y)} to ${figure(points.at(-1)?.y)} ${unit}`)
    .join(", ");

export const drawRooms = ({ rooms, quick }: Findings): string => {
  const xTicks = (quick ? QUICK : FULL).sizes;
  const [first, last] = [figure(xTicks[0]), figure(xTicks.at(-1))];
  const deliveries = seriesOf((dialect) =>
    (rooms[dialect] ?? []).map(({ size, deliveriesPerS }) => ({ x: size, y: deliveriesPerS })),
  );
  const p99 = seriesOf((dialect) => (rooms[dialect] ?? []).map(({ size, p99 }) => ({ x: size, y: p99 })));
  const xTitle = "people in the room";
  return drawPlot({
    title: "One sender in a loop, in rooms of every size",
    description: `Rooms of ${first} to ${last} people. Deliveries a second: ${told(deliveries, "")}. Latency that 99 % stay below: ${told(p99, "ms")}.`,
    panels: [
      { title: "deliveries a second (more is better)", xTitle, xTicks, series: deliveries },
      { title: "p99 in ms (less is better)", xTitle, xTicks, series: p99 },
    ],
  });
};

export const drawLoad = ({ load, quick }: Findings): string => {
  const { offered, small } = quick ? QUICK : FULL;
  const reached = Math.max(
    ...SERVERS.flatMap((dialect) => (load[dialect] ?? []).map(({ offeredPerS }) => offeredPerS)),
  );
  const xTicks = offered.filter((rate) => rate <= reached);
  const broke = (dialect: Dialect) => load[dialect]?.at(-1)?.broke ?? false;
  const points = (dialect: Dialect) => load[dialect] ?? [];
  const deliveries = seriesOf(
    (one) => points(one).map(({ offeredPerS, deliveriesPerS }) => ({ x: offeredPerS, y: deliveriesPerS })),
    broke,
  );
  const p99 = seriesOf((one) => points(one).map(({ offeredPerS, p99 }) => ({ x: offeredPerS, y: p99 })), broke);
  const xTitle = "offered messages a second";
  return drawPlot({
    title: `A room of ${small} that is offered ever more, until it breaks (×)`,
    description: `From ${figure(xTicks[0])} to ${figure(xTicks.at(-1))} messages a second. Deliveries a second: ${told(deliveries, "")}. Latency that 99 % stay below: ${told(p99, "ms")}. A cross is where messages came more than a second late or not at all.`,
    panels: [
      {
        title: "deliveries a second (dashed: all that was asked for)",
        xTitle,
        xTicks,
        series: deliveries,
        ideal: xTicks.map((rate) => ({ x: rate, y: rate * small })),
      },
      { title: "p99 in ms (less is better)", xTitle, xTicks, series: p99 },
    ],
  });
};
