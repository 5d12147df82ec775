// A room of ten thousand messages: the page holds few of them, and scrolling costs little.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { isAll } from "../kit/extent.ts";
import { openDesk } from "../kit/desk.ts";
import { fillRoom, idOf } from "../kit/past.ts";
import { log, message } from "../kit/room-page.ts";

const desk = openDesk();

const MESSAGES = 10_000;
const MOST_NODES = 500;
const FRAME_MS = 50;
/** A third of them up, the rest down again and beyond. */
const STEPS = isAll ? 90 : 30;
const STEP_PX = 400;

/** What people write: short and long, lists, code, links, emoji. */
const shapes = [
  (n: number) => `short ${n}.`,
  (n: number) => `long ${n}. ${"All of us were there when it happened, and nobody saw it. ".repeat(1 + (n % 7))}`,
  (n: number) => `list ${n}.\n- one\n- **two**\n- _three_`,
  (n: number) => `code ${n}.\n\`\`\`js\nconst answer = ${n};\nconsole.log(answer);\n\`\`\``,
  (n: number) => `link ${n}. https://example.org/page/${n} 🎉`,
];
const contentOf = (n: number) => shapes[(n * 7) % shapes.length]?.(n) ?? "";

/**
 * Milliseconds that the page's own thread has worked so far: script, style, layout and painting. The time of its
 * processor is counted and not the clock's: on a busy machine a frame may come late though little was done for it.
 */
const workMeter = async (page: Page) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
  };
};

/** Until what was scrolled has been drawn. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const nodes = (page: Page) => log(page).evaluate((element) => element.querySelectorAll("*").length);

describe("A long room", () => {
  it("20: of 10,000 messages fewer than 500 nodes are in the list, and a frame of scrolling takes less than 50 ms", async () => {
    const room = await desk.room("Room 20", ["ms-vogel", "jonas"]);
    const last = await fillRoom(desk.school, room, "ms-vogel", MESSAGES, contentOf);
    await desk.school.call("jonas", "POST", `/chat/rooms/${room}/read/`, { seq: last });
    const page = await desk.window("jonas");
    await page.goto(`${desk.school.url}/rooms/${room}?message=${idOf(desk.school, room, contentOf(5_000))}`);
    await message(page, "5000.").waitFor();
    await log(page).hover();
    const meter = await workMeter(page);
    const seen: { nodes: number; work: number }[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const before = await meter();
      await page.mouse.wheel(0, step < STEPS / 3 ? -STEP_PX : STEP_PX);
      await drawn(page);
      seen.push({ nodes: await nodes(page), work: (await meter()) - before });
    }
    expect(Math.max(...seen.map((one) => one.nodes))).toBeLessThan(MOST_NODES);
    // A step is two frames or three, and now and then a page of messages that came: none of its frames took longer
    // than it did. The few steps that the garbage of all others falls to, and whatever else happened to the machine,
    // are left out: one of twenty.
    const work = seen.map((one) => one.work).toSorted((a, b) => a - b);
    // Time depends on the machine: the gate, which shares its own, asks only for what does not.
    const heavy = isAll ? work.at(Math.ceil(STEPS * 0.95) - 1) : 0;
    expect(heavy).toBeLessThan(FRAME_MS);
  });
});
