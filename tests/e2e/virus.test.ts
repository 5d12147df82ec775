// What a class sees of the virus scanner, with the real clamd: files that wait while it is away, and one that it finds.
import { afterAll, expect, it } from "vitest";
import { type Clamd, EICAR, startClamd } from "../kit/clamd.ts";
import { openDesk } from "../kit/desk.ts";
import { pick, type TestFile, trayItem } from "../kit/files-page.ts";
import { composer, log, message, openRoom } from "../kit/room-page.ts";

const clamd: Clamd = await startClamd();
const desk = openDesk({ env: { CLAMAV_URL: clamd.url } });
afterAll(() => clamd.dispose());

/** A held file is tried again after some seconds. */
const HELD = 60_000;
const text = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: "text/plain", buffer });
const NOTES = text("notes.txt", Buffer.from("Light, water, air.\n"));
const MALWARE = text("homework.txt", EICAR);
const FOUND = "Blocked: the virus check found something";

it("malware is blocked in the tray of who brings it, and is not sent; the rest is", async () => {
  await desk.room("Room V", ["ms-vogel", "jonas"]);
  const page = await desk.window("jonas");
  const teacher = await desk.window("ms-vogel");
  await openRoom(page, "Room V");
  await openRoom(teacher, "Room V");
  await pick(page, [NOTES, MALWARE]);
  await trayItem(page, MALWARE.name).getByText(FOUND).waitFor();
  await expect.poll(() => trayItem(page, NOTES.name).getByText("Being checked").count()).toBe(0);
  await trayItem(page, MALWARE.name)
    .getByRole("button", { name: `Remove ${MALWARE.name}` })
    .click();
  await composer(page, "Room V").fill("My notes");
  await composer(page, "Room V").press("Enter");
  await message(teacher, "My notes")
    .getByRole("link", { name: `Download ${NOTES.name}` })
    .waitFor();
  expect(await log(teacher).getByText(MALWARE.name).count()).toBe(0);
});

it("while the scanner is away files are shown as being checked; then everybody sees what became of them", async () => {
  await desk.room("Room W", ["ms-vogel", "jonas"]);
  const page = await desk.window("jonas");
  const teacher = await desk.window("ms-vogel");
  await openRoom(page, "Room W");
  await openRoom(teacher, "Room W");
  await clamd.stop();
  await pick(page, [NOTES, MALWARE]);
  for (const { name } of [NOTES, MALWARE]) await trayItem(page, name).getByText("Being checked").waitFor();
  await composer(page, "Room W").fill("Both of them");
  await composer(page, "Room W").press("Enter");
  for (const window of [page, teacher]) {
    const row = message(window, "Both of them");
    await expect.poll(() => row.getByText("Being checked for viruses").count()).toBe(2);
    expect(await row.getByRole("link", { name: /^Download/ }).count()).toBe(0);
  }
  await clamd.start();
  for (const window of [page, teacher]) {
    const row = message(window, "Both of them");
    await row.getByRole("link", { name: `Download ${NOTES.name}` }).waitFor({ timeout: HELD });
    await row.getByText(FOUND).waitFor({ timeout: HELD });
    expect(await row.getByRole("link", { name: `Download ${MALWARE.name}` }).count()).toBe(0);
  }
});
