// Plots as SVG, by hand: a few lines on logarithmic axes, which need no library. Readable in light and in dark.

export interface Point {
  x: number;
  y: number;
}

export interface Series {
  name: string;
  points: Point[];
  /** The last point is where it broke. */
  broke?: boolean;
}

export interface Panel {
  title: string;
  xTitle: string;
  xTicks: number[];
  series: Series[];
  /** A dashed line from point to point, behind the others. */
  ideal?: Point[];
}

export interface Plot {
  title: string;
  /** For those who do not see it. */
  description: string;
  panels: Panel[];
}

const PANEL = { width: 430, height: 300, left: 58, right: 22, top: 92, bottom: 52 };
const STYLE = `
  svg { --paper: #fff; --ink: #1f2430; --soft: #5b6474; --grid: #e3e6ec; --c0: #0b66c3; --c1: #c2410c; --c2: #5f6b7a; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14181f; --ink: #e8ebf1; --soft: #a3adbd; --grid: #2b323e; --c0: #62b0ff; --c1: #ff9a5c; --c2: #a9b4c4; }
  }
  text { font: 13px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--soft); }
  .title { font-size: 17px; font-weight: 600; fill: var(--ink); }
  .panel { font-weight: 600; fill: var(--ink); }
  .grid { stroke: var(--grid); } .minor { opacity: .5; }
  .ideal { stroke: var(--soft); stroke-dasharray: 3 5; fill: none; }
  .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
  ${[0, 1, 2].map((i) => `.s${i} { stroke: var(--c${i}); } .m${i} { fill: var(--c${i}); stroke: var(--paper); }`).join("\n  ")}
  .broke { fill: none; stroke-width: 2.5; }
`;

const short = (n: number): string =>
  n >= 1e6 ? `${Number((n / 1e6).toPrecision(3))} M` : n >= 1e3 ? `${Number((n / 1e3).toPrecision(3))} k` : String(n);

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const at = (n: number) => n.toFixed(1);

/** Where a value stands between the ends, when each doubling is as long as the next. */
const logScale = (low: number, high: number, from: number, to: number) => (value: number) =>
  from + ((Math.log(value) - Math.log(low)) / Math.max(1e-9, Math.log(high) - Math.log(low))) * (to - from);

/** 1, 2 and 5 of every power of ten around the values; those with a 1 are labelled. */
const ticksAround = (values: number[]) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const powers = Array.from({ length: 24 }, (_, i) => 10 ** (i - 8));
  const all = powers.flatMap((power) => [1, 2, 5].map((n) => Number((n * power).toPrecision(1))));
  const first = all.findLastIndex((tick) => tick <= low);
  const last = all.findIndex((tick) => tick >= high);
  return all.slice(Math.max(0, first), Math.max(first + 2, last + 1));
};

const isPower = (tick: number) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9;

/** A shape for each line as well: colours alone do not tell them apart for everybody. */
const marker = (i: number, x: number, y: number): string => {
  if (i === 0) return `<circle class="m0" cx="${at(x)}" cy="${at(y)}" r="4.5"/>`;
  if (i === 1) return `<rect class="m1" x="${at(x - 4)}" y="${at(y - 4)}" width="8" height="8"/>`;
  return `<path class="m2" d="M${at(x)} ${at(y - 5)}l5 9h-10z"/>`;
};

const cross = (i: number, x: number, y: number) =>
  `<path class="broke s${i}" d="M${at(x - 5)} ${at(y - 5)}l10 10m0 -10l-10 10"/>`;

const drawPanel = (panel: Panel, offset: number): string => {
  const values = panel.series.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0);
  const ticks = ticksAround(values.length > 0 ? values : [1, 10]);
  const [left, right] = [offset + PANEL.left, offset + PANEL.width - PANEL.right];
  const [top, bottom] = [PANEL.top, PANEL.height + PANEL.top - PANEL.bottom];
  const [low, high] = [ticks[0] ?? 1, ticks.at(-1) ?? 10];
  const x = logScale(panel.xTicks[0] ?? 1, panel.xTicks.at(-1) ?? 10, left, right);
  const y = logScale(low, high, bottom, top);
  const few = ticks.length <= 8;
  const rows = ticks.map((tick) => {
    const label =
      isPower(tick) || few
        ? `<text x="${left - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${short(tick)}</text>`
        : "";
    return `<path class="grid${isPower(tick) ? "" : " minor"}" d="M${left} ${at(y(tick))}H${right}"/>${label}`;
  });
  const columns = panel.xTicks.map((tick) => {
    const label = `<text x="${at(x(tick))}" y="${bottom + 20}" text-anchor="middle">${short(tick)}</text>`;
    return `<path class="grid minor" d="M${at(x(tick))} ${top}V${bottom}"/>${label}`;
  });
  const path = (points: Point[]) =>
    `M${points.map((point) => `${at(x(point.x))} ${at(y(Math.max(low, point.y)))}`).join("L")}`;
  const inside = (panel.ideal ?? []).filter((point) => point.y >= low && point.y <= high);
  // The first line is drawn last, so that nothing covers it.
  const lines = panel.series.map(({ points, broke }, i) => {
    const marks = points.map((point, n) =>
      (broke && n === points.length - 1 ? cross : marker)(i, x(point.x), y(Math.max(low, point.y))),
    );
    return points.length > 0 ? `<path class="line s${i}" d="${path(points)}"/>${marks.join("")}` : "";
  });
  return [
    `<text class="panel" x="${left}" y="${top - 14}">${escape(panel.title)}</text>`,
    ...rows,
    ...columns,
    `<text x="${(left + right) / 2}" y="${bottom + 42}" text-anchor="middle">${escape(panel.xTitle)}</text>`,
    inside.length > 1 ? `<path class="ideal" d="${path(inside)}"/>` : "",
    ...lines.toReversed(),
  ].join("\n");
};

const legend = (names: string[]): string =>
  names
    .map((name, i) => {
      const x = PANEL.left + i * 128;
      return `<path class="line s${i}" d="M${x} 51h26"/>${marker(i, x + 13, 51)}<text x="${x + 34}" y="55">${escape(name)}</text>`;
    })
    .join("\n");

export const drawPlot = ({ title, description, panels }: Plot): string => {
  const [width, height] = [PANEL.width * panels.length, PANEL.height + PANEL.top];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${STYLE}</style>
<rect width="${width}" height="${height}" rx="8" fill="var(--paper)"/>
<text class="title" x="${PANEL.left}" y="30">${escape(title)}</text>
${legend(panels[0]?.series.map(({ name }) => name) ?? [])}
${panels.map((panel, i) => drawPanel(panel, i * PANEL.width)).join("\n")}
</svg>
`;
};
