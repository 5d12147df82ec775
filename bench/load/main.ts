// The load process: takes a job from main, does it, answers, and takes the next.
import type { Job, Report, Results } from "../jobs.ts";
import { idle } from "./idle.ts";
import { pages } from "./pages.ts";
import { probe } from "./probe.ts";
import { room } from "./room.ts";
import { storm } from "./storm.ts";

const say = (report: Report) => process.send?.(report);
const ready = () => say({ ready: true });

const perform = (job: Job, go: Promise<void>): Promise<Results[keyof Results]> => {
  switch (job.kind) {
    case "room":
      return room(job, ready);
    case "idle":
      return idle(job, ready, go);
    case "storm":
      return storm(job, ready);
    case "probe":
      return probe(job, ready, go);
    case "pages":
      return pages(job, ready);
  }
};

let onGo: () => void = () => undefined;

process.on("message", (message: Job | "go") => {
  if (message === "go") return onGo();
  const go = new Promise<void>((resolve) => {
    onGo = resolve;
  });
  perform(message, go).then(
    (result) => say({ result }),
    (error: unknown) => say({ error: error instanceof Error ? error.message : String(error) }),
  );
});
// Whatever ends main ends us.
process.once("disconnect", () => process.exit());
