// Which steps a run takes, in which order, and which server they find running.
import type { Dialect } from "./jobs.ts";
import { historyWork, idleWork, startWorks, stormWork } from "./more-works.ts";
import type { DataSet } from "./servers.ts";
import { type Bench, limitWorks, plotWorks, roomWorks, Stage, type Step } from "./works.ts";

export const GROUPS = ["limit", "rooms", "plots", "idle", "storm", "history", "start"] as const;
export type Group = (typeof GROUPS)[number];

export interface Wanted {
  groups: readonly Group[];
  servers: readonly Dialect[];
}

interface Data extends DataSet {
  watch: boolean;
}

export const planOf = (bench: Bench, { groups, servers }: Wanted): Step[] => {
  const wants = (group: Group) => groups.includes(group);
  const { scale } = bench;
  const crowd = { users: Math.max(scale.sockets, scale.people), messages: scale.few, watch: wants("storm") };
  // In a quick run the same people do for both, and so does one server.
  const oneServer = crowd.users === scale.people;
  const small = { users: scale.people, messages: scale.few, watch: oneServer && crowd.watch };
  const homeroom = servers.includes("homeroom");
  const isHomeroom = (stage: Stage) => stage.dialect === "homeroom";
  const group = (dialect: Dialect, data: Data, steps: (stage: Stage) => (Step | false)[]) => {
    const stage = new Stage(bench, dialect);
    return around(
      stage,
      data,
      steps(stage).filter((step) => step !== false),
    );
  };
  const crowdWorks = (stage: Stage) => [
    wants("idle") && idleWork(stage),
    wants("storm") && isHomeroom(stage) && stormWork(stage),
  ];
  return [
    ...(wants("limit") ? limitWorks(bench) : []),
    ...servers.flatMap((dialect) =>
      group(dialect, small, (stage) => [
        // Before anybody writes: the pages are asked for by their numbers.
        wants("history") && isHomeroom(stage) && historyWork(stage, scale.few, "few"),
        ...(wants("rooms") ? roomWorks(stage) : []),
        ...(wants("plots") ? plotWorks(stage) : []),
        ...(oneServer ? crowdWorks(stage) : []),
      ]),
    ),
    ...(oneServer ? [] : servers.flatMap((dialect) => group(dialect, crowd, crowdWorks))),
    ...(homeroom && (wants("start") || wants("history"))
      ? startWorks(bench, { start: wants("start"), history: wants("history") })
      : []),
  ];
};

/** Nothing is started for no steps. */
const around = (stage: Stage, data: Data, steps: Step[]): Step[] =>
  steps.length === 0
    ? []
    : [stage.step("start", () => stage.open(data, data.watch)), ...steps, stage.step("stop", () => stage.close())];
