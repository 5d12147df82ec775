// Work after the commit: done at least once whoever dies over it, by one node at a time, and given up in the open.
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "@homeroom/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../tests/kit/databases.ts";
import { Later, type Logger, type Queue, type Worker } from "../kit/ports.ts";
import { databaseQueue, type QueueOptions } from "./database-queue.ts";

const QUICK: Partial<QueueOptions> = { pollMs: 20, leaseMs: 5_000, pauseMs: 5, laterMs: [10, 20], drainMs: 200 };

eachDatabase((open) => {
  let opened: OpenDatabase;
  let now: number;
  let lines: { level: string; facts: object; what: string }[];
  let stops: (() => Promise<void>)[];

  const line = (level: string) => (facts: object, what: string) => void lines.push({ level, facts, what });
  const logger: Logger = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  /** A node with the real clock: leases are about it. */
  const node = (options: Partial<QueueOptions> = {}) =>
    databaseQueue(opened.db, { now: Date.now }, logger, { ...QUICK, ...options });
  /** A node whose clock the test turns. */
  const timed = (options: Partial<QueueOptions> = {}) =>
    databaseQueue(opened.db, { now: () => now }, logger, { ...QUICK, ...options });
  const add = async (queue: Queue, subject: string) => {
    await opened.db.write((tx) => queue.add(tx, "check_attachment", subject));
    queue.wake();
  };
  const work = (queue: Queue, worker: Worker) => {
    const stop = queue.work({ check_attachment: worker });
    stops.push(stop);
    return stop;
  };
  const jobs = () => opened.db.read.selectFrom("jobs").selectAll().orderBy("id").execute();
  const nothingLeft = async (queue: Queue) => {
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, dead: 0 });
  };

  beforeAll(async () => void (opened = await open()));
  afterAll(() => opened.drop());
  beforeEach(() => {
    now = Date.UTC(2026, 8, 1, 8);
    lines = [];
    stops = [];
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await opened.db.write((tx) => tx.deleteFrom("jobs").execute());
  });

  test("what is added is done once and gone, before and after the work has begun", async () => {
    const queue = node();
    const done: string[] = [];
    await add(queue, "before");
    work(queue, async (subject) => void done.push(subject));
    await add(queue, "after");
    await nothingLeft(queue);
    expect(done.toSorted()).toEqual(["after", "before"]);
  });

  test("a transaction that fails takes its work with it", async () => {
    const queue = node();
    const failing = opened.db.write(async (tx) => {
      await queue.add(tx, "check_attachment", "never");
      throw new Refusal("forbidden");
    });
    await expect(failing).rejects.toThrow(Refusal);
    expect(await queue.counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test("the same work added twice is one job", async () => {
    const queue = node();
    const done: string[] = [];
    await add(queue, "same");
    await add(queue, "same");
    expect(await queue.counts()).toEqual({ waiting: 1, dead: 0 });
    work(queue, async (subject) => void done.push(subject));
    await nothingLeft(queue);
    expect(done).toEqual(["same"]);
  });

  test("work added again while it is done is done once more, and never twice at the same time", async () => {
    const queue = node();
    const begun: (() => void)[] = [];
    work(queue, () => new Promise((resolve) => begun.push(resolve)));
    await add(queue, "changed");
    await expect.poll(() => begun.length).toBe(1);
    await add(queue, "changed");
    await pause(100);
    expect(begun).toHaveLength(1);
    begun[0]?.();
    await expect.poll(() => begun.length).toBe(2);
    begun[1]?.();
    await nothingLeft(queue);
    expect(begun).toHaveLength(2);
  });

  test("two nodes share the work: each job is done by one of them, and never more at once than was said", async () => {
    const nodes = [node(), node()];
    const done: string[] = [];
    const under = [0, 0];
    let most = 0;
    const subjects = Array.from({ length: 60 }, (_, i) => `job ${i}`);
    await opened.db.write(async (tx) => {
      for (const subject of subjects) await nodes[0]?.add(tx, "check_attachment", subject);
    });
    for (const [i, queue] of nodes.entries()) {
      work(queue, async (subject) => {
        under[i] = (under[i] ?? 0) + 1;
        most = Math.max(most, ...under);
        await pause(5);
        done.push(subject);
        under[i] = (under[i] ?? 0) - 1;
      });
    }
    await nothingLeft(nodes[0] as Queue);
    expect(done.toSorted()).toEqual(subjects.toSorted());
    expect(most).toBe(2);
  });

  test("a node that dies at work costs an attempt, and another one takes it over when its time is over", async () => {
    const dead = timed({ leaseMs: 60_000 });
    const begun = vi.fn<Worker>(() => new Promise(() => undefined));
    const stop = dead.work({ check_attachment: begun });
    await add(dead, "orphan");
    await expect.poll(() => begun.mock.calls.length).toBe(1);
    const [claimed] = await jobs();
    // It neither finishes nor says anything any more: its claim stands as it was left.
    await stop();
    await opened.db.write((tx) =>
      tx
        .updateTable("jobs")
        .set({ claim: "a dead node", attempts: 1, run_at: claimed?.run_at ?? 0 })
        .execute(),
    );
    const alive = timed();
    const done: string[] = [];
    work(alive, async (subject) => void done.push(subject));
    await pause(100);
    expect(done).toEqual([]);
    now += 60_001;
    await nothingLeft(alive);
    expect(done).toEqual(["orphan"]);
  });

  test("long work is left to whoever says that they are still at it", async () => {
    const nodes = [node({ leaseMs: 800 }), node({ leaseMs: 800 })];
    const begun: string[] = [];
    for (const queue of nodes) {
      work(queue, async (subject) => {
        begun.push(subject);
        await pause(1_800);
      });
    }
    await add(nodes[0] as Queue, "long");
    await nothingLeft(nodes[0] as Queue);
    expect(begun).toEqual(["long"]);
  });

  test("what fails is tried again after growing pauses, then given up with its reason, and can be asked for anew", async () => {
    const queue = timed({ pauseMs: 1_000, attempts: 4 });
    const tried: number[] = [];
    let isBroken = true;
    work(queue, async () => {
      tried.push(now);
      if (isBroken) throw new Error("the reason");
    });
    await add(queue, "broken");
    while ((await queue.counts()).dead === 0) {
      now += 250;
      await pause(25);
    }
    expect(tried).toHaveLength(4);
    const pauses = tried.slice(1).map((at, i) => at - (tried[i] ?? 0));
    for (const [i, wait] of pauses.entries()) expect(wait).toBeGreaterThanOrEqual(750 * 2 ** i);
    expect(await queue.counts()).toEqual({ waiting: 0, dead: 1 });
    expect(await jobs()).toMatchObject([{ subject: "broken", attempts: 4, error: "the reason", claim: null }]);
    expect(lines.filter(({ level }) => level === "error")).toEqual([
      {
        level: "error",
        facts: { job: "check_attachment", subject: "broken", attempts: 4, error: "the reason" },
        what: "a job was given up",
      },
    ]);
    isBroken = false;
    await add(queue, "broken");
    await nothingLeft(queue);
    expect(tried).toHaveLength(5);
  });

  test("work that ends its node each time is given up too", async () => {
    const queue = timed({ attempts: 3 });
    await add(queue, "deadly");
    await opened.db.write((tx) => tx.updateTable("jobs").set({ claim: "a dead node", attempts: 3 }).execute());
    const worker = vi.fn<Worker>(() => Promise.resolve());
    work(queue, worker);
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, dead: 1 });
    expect(worker).not.toHaveBeenCalled();
  });

  test("what cannot be done yet is held as often as it takes, and costs no attempt", async () => {
    const queue = node({ attempts: 2 });
    const answers = [new Later("away"), new Refusal("unavailable"), new Refusal("storage_full"), new Later("away")];
    let tries = 0;
    work(queue, async () => {
      const answer = answers[tries++ % 4];
      if (tries <= 8 && answer) throw answer;
    });
    await add(queue, "held");
    await nothingLeft(queue);
    expect(tries).toBe(9);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
  });

  test("a stop finishes what is under way and begins nothing", async () => {
    const queue = node();
    const events: string[] = [];
    const stop = work(queue, async (subject) => {
      events.push(`begun ${subject}`);
      await pause(80);
      events.push(`done ${subject}`);
    });
    await add(queue, "one");
    await expect.poll(() => events).toEqual(["begun one"]);
    const stopped = stop();
    await add(queue, "two");
    await stopped;
    expect(events).toEqual(["begun one", "done one"]);
    expect(await jobs()).toMatchObject([{ subject: "two", attempts: 0, claim: null }]);
  });

  test("what a stop cannot wait for is anybody's at once, and has cost nothing", async () => {
    const queue = node({ leaseMs: 60_000, drainMs: 30 });
    const begun = vi.fn<Worker>(() => new Promise(() => undefined));
    const stop = queue.work({ check_attachment: begun });
    await add(queue, "endless");
    await expect.poll(() => begun.mock.calls.length).toBe(1);
    await stop();
    expect(await jobs()).toMatchObject([{ subject: "endless", attempts: 0, claim: null }]);
    const done: string[] = [];
    work(node(), async (subject) => void done.push(subject));
    await nothingLeft(queue);
    expect(done).toEqual(["endless"]);
  });
});
