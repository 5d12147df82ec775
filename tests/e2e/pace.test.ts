// Writing fast under the limits that a school has, not those that tests are spared.
import { expect, it } from "vitest";
import { isAll } from "../kit/extent.ts";
import { openDesk } from "../kit/desk.ts";
import { composer, log, openRoom } from "../kit/room-page.ts";

const desk = openDesk({ env: { LIMITS: "on" } });
const MESSAGES = 40;
const SPAN_MS = 20_000;

it.runIf(isAll)(
  "a teacher who sends 40 messages in 20 s is never told to slow down, neither for words nor for typing",
  async () => {
    await desk.room("Pace", ["ms-vogel", "jonas"]);
    const page = await desk.window("ms-vogel");
    const refusals: string[] = [];
    const sent: string[] = [];
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => sent.push(JSON.parse(String(payload)).type));
      socket.on("framereceived", ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { type: string };
        if (frame.type === "error") refusals.push(String(payload));
      });
      socket.on("close", () => refusals.push("the socket was closed"));
    });
    await page.reload();
    await openRoom(page, "Pace");
    const box = composer(page, "Pace");
    const started = Date.now();
    for (let n = 1; n <= MESSAGES; n += 1) {
      await box.pressSequentially(`pace-${n}`);
      await box.press("Enter");
      const early = started + (n * SPAN_MS) / MESSAGES - Date.now();
      // The pace of a person is what is tested.
      if (early > 0) await page.waitForTimeout(early);
    }
    await expect
      .poll(
        async () => {
          const { results } = await desk.school.call<{ results: { content: string }[] }>(
            "jonas",
            "GET",
            "/chat/rooms/1/messages/",
          );
          return results.map(({ content }) => content);
        },
        { timeout: 10_000 },
      )
      .toEqual(Array.from({ length: MESSAGES }, (_, n) => `pace-${n + 1}`));
    expect(refusals).toEqual([]);
    expect(sent.filter((type) => type === "chat_message")).toHaveLength(MESSAGES);
    expect(sent.filter((type) => type === "typing").length).toBeLessThanOrEqual(SPAN_MS / 3_000 + 2);
    await log(page).getByText(`pace-${MESSAGES}`, { exact: true }).waitFor();
    expect(await page.getByText("Not sent").count()).toBe(0);
  },
);
