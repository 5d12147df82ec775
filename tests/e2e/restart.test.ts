// The server dies without a word and is started again on what it left: the windows carry on by themselves.
import { describe, expect, it } from "vitest";
import { NETWORK_TROUBLE, openDesk } from "../kit/desk.ts";
import { composer, message, openRoom, shown, write } from "../kit/room-page.ts";
import { startServer } from "../kit/server.ts";

const desk = openDesk();

describe("Restart", () => {
  it("what waits to be sent survives a reload, and is sent once", async () => {
    await desk.room("Reloads", ["ms-vogel", "jonas"]);
    const other = await desk.window("ms-vogel");
    await openRoom(other, "Reloads");
    const page = await desk.window("jonas");
    let isBlocked = true;
    await page.routeWebSocket(/\/ws\/chat\//, (socket) => {
      if (isBlocked) void socket.close({ code: 1013 });
      else socket.connectToServer();
    });
    await page.reload();
    await openRoom(page, "Reloads");
    await write(page, "Reloads", "kept-1");
    await write(page, "Reloads", "kept-2");
    await composer(page, "Reloads").fill("a draft");
    await message(page, "kept-2").getByText("Waiting for a connection").waitFor();
    // Drafts are written down a moment after the last key.
    await expect.poll(() => page.evaluate(() => Object.values(localStorage))).toContain("a draft");
    await page.reload();
    await message(page, "kept-2").getByText("Waiting for a connection").waitFor();
    expect(await composer(page, "Reloads").inputValue()).toBe("a draft");
    isBlocked = false;
    await expect.poll(() => shown(other, "kept-"), { timeout: 15_000 }).toEqual(["kept-1", "kept-2"]);
    expect(await shown(page, "kept-")).toEqual(["kept-1", "kept-2"]);
  });

  it("both windows reconnect and resume; what was written meanwhile goes out once", async () => {
    desk.allow(NETWORK_TROUBLE);
    await desk.room("Lives on", ["ms-vogel", "jonas"]);
    const teacher = await desk.window("ms-vogel");
    const student = await desk.window("jonas");
    for (const page of [teacher, student]) await openRoom(page, "Lives on");
    await write(teacher, "Lives on", "part-1");
    await message(student, "part-1").waitFor();
    const { dataDir, url } = desk.school;
    await desk.school.end("SIGKILL");
    await write(student, "Lives on", "part-2");
    await message(student, "part-2").getByText("Waiting for a connection").waitFor();
    const env = { LIMITS: "off", PORT: new URL(url).port };
    const again = await startServer({ dataDir, env });
    try {
      await message(teacher, "part-2").waitFor({ timeout: 20_000 });
      await write(teacher, "Lives on", "part-3");
      for (const page of [teacher, student]) {
        await expect.poll(() => shown(page, "part-"), { timeout: 10_000 }).toEqual(["part-1", "part-2", "part-3"]);
      }
    } finally {
      await again.dispose();
    }
  });
});
