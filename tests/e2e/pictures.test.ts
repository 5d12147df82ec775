// Pictures and documents in messages: their places, the checking, the large view, saving. The numbers are those of the behaviours.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { paper, pasteFiles, pick, picture, tray } from "../kit/files-page.ts";
import { scrollUp, watch } from "../kit/motion.ts";
import { PHONE } from "../kit/people.ts";
import { pdf, png } from "../kit/png.ts";
import { composer, log, message, openRoom } from "../kit/room-page.ts";

const desk = openDesk();

const UPLOADS = /\/api\/chat\/uploads\/$/;
const FILES = /\/api\/chat\/attachments\//;
const three = ["one.png", "two.png", "three.png"].map((name, index) => picture(name, png(640, 420, index)));
const shownBig = (page: Page, name: string) => page.getByRole("dialog").getByRole("img", { name });

/** A message with files, sent by their owner without a window. */
const sayWith = async (who: string, room: number, content: string, files: { name: string; buffer: Buffer }[]) => {
  const ids: string[] = [];
  for (const { name, buffer } of files) {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(buffer)]), name);
    const headers = { authorization: `Bearer ${desk.school.tokenOf(who)}` };
    // Uploads of one person come one after the other here.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await fetch(`${desk.school.url}/api/chat/uploads/`, { method: "POST", headers, body: form });
    // oxlint-disable-next-line no-await-in-loop
    const { id } = (await answer.json()) as { id: string };
    ids.push(id);
  }
  return desk.school.say(who, room, content, { attachments: ids });
};
const isReady = async (who: string, room: number, text: string) => {
  const path = `/chat/rooms/${room}/messages/`;
  interface Page {
    results: { content?: string; attachments?: { state: string }[] }[];
  }
  const { results } = await desk.school.call<Page>(who, "GET", path);
  const files = results.find(({ content }) => content === text)?.attachments ?? [];
  return files.length > 0 && files.every(({ state }) => state === "ready");
};

describe("Two windows", () => {
  it("45: a photo is in its place before it has come; large, it can be paged, traps the focus and gives it back", async () => {
    await desk.room("Room 45", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const teacher = await desk.window("ms-vogel");
    await openRoom(page, "Room 45");
    await openRoom(teacher, "Room 45");
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await teacher.route(FILES, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await pick(page, three);
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    await composer(page, "Room 45").fill("Our three best ones");
    await composer(page, "Room 45").press("Enter");
    const row = message(teacher, "Our three best ones");
    await row.getByRole("button", { name: "three.png" }).waitFor();
    const blur = row.locator(".hr-picture-blur");
    await expect
      .poll(() => blur.evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth > 0)))
      .toEqual([true, true, true]);
    const before = await row.boundingBox();
    expect(before?.height).toBeGreaterThan(236);
    release();
    await expect
      .poll(() =>
        row
          .locator("img[alt$='.png']")
          .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth > 0)),
      )
      .toEqual([true, true, true]);

    expect(await row.boundingBox()).toEqual(before);

    const second = row.getByRole("button", { name: "two.png" });
    await second.focus();
    await teacher.keyboard.press("Enter");
    const dialog = teacher.getByRole("dialog", { name: "Pictures" });
    await shownBig(teacher, "two.png").waitFor();
    await dialog.getByText("2 of 3").first().waitFor();
    await teacher.keyboard.press("ArrowRight");
    await shownBig(teacher, "three.png").waitFor();
    await teacher.keyboard.press("ArrowRight");
    await shownBig(teacher, "three.png").waitFor();
    await teacher.keyboard.press("ArrowLeft");
    await teacher.keyboard.press("ArrowLeft");
    await shownBig(teacher, "one.png").waitFor();
    for (let n = 0; n < 9; n += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await teacher.keyboard.press("Tab");
      // oxlint-disable-next-line no-await-in-loop
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
    const [download] = await Promise.all([
      teacher.waitForEvent("download"),
      dialog.getByRole("link", { name: "Download one.png" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^one\.(png|webp)$/);
    await teacher.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => second.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(new URL(teacher.url()).pathname).toMatch(/^\/rooms\/\d+$/);
  });

  it("45: on a phone a swipe turns the page and Back closes it", async () => {
    const room = await desk.room("Room 45b", ["ms-vogel", "jonas"]);
    await sayWith("ms-vogel", room, "Look here", three);
    await expect.poll(() => isReady("jonas", room, "Look here")).toBe(true);
    const page = await desk.window("jonas", PHONE);
    await openRoom(page, "Room 45b");
    await message(page, "Look here").getByRole("button", { name: "one.png" }).tap();
    await shownBig(page, "one.png").waitFor();
    const touch = await page.context().newCDPSession(page);
    const at = (x: number) => [{ x, y: 420 }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(320) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(120) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await shownBig(page, "two.png").waitFor();
    await page.goBack();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await message(page, "Look here").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/rooms/${room}`);
  });

  it("48: what is being checked is said to be, also in the tray, and turns into the picture by itself; what was blocked says so", async () => {
    const room = await desk.room("Room 48", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 48");
    // As the server tells it while its checker is busy: the same answer and the same events, some seconds later.
    const [id] = ["fake_attachment_0123456".slice(0, 22)];
    const file = { id, kind: "image", name: "leaf.png", mime: "image/png", size: 900, width: 320, height: 200 };
    const rest = {
      duration_ms: null,
      waveform: null,
      placeholder: null,
      url: `/api/chat/attachments/${id}/`,
      thumb_url: null,
    };
    await page.route(UPLOADS, (route) =>
      route.fulfill({ status: 201, json: { ...file, ...rest, state: "scanning", problem: null } }),
    );
    await pasteFiles(composer(page, "Room 48"), [picture("leaf.png", png(320, 200))]);
    await tray(page).getByText("Being checked").waitFor();
    await page.unroute(UPLOADS);

    const broken = Buffer.concat([png(300, 200).subarray(0, 400), Buffer.alloc(300)]);
    await sayWith("ms-vogel", room, "half a picture", [{ name: "half.png", buffer: broken }]);
    await message(page, "half a picture").getByText("This picture is broken").waitFor();
    expect(await message(page, "half a picture").getByRole("button", { name: "half.png" }).count()).toBe(0);
    await sayWith("ms-vogel", room, "a whole one", [{ name: "whole.png", buffer: png(300, 200, 2) }]);
    await message(page, "a whole one").getByRole("button", { name: "whole.png" }).waitFor();
  });

  it("48: documents that are being checked, and what the scanner has found, are said to be so and cannot be had", async () => {
    const room = await desk.room("Room 48b", ["ms-vogel", "jonas"]);
    const worse = (id: number) => [
      { name: `checked-${id}.pdf`, buffer: pdf() },
      { name: `games-${id}.pdf`, buffer: pdf() },
    ];
    await sayWith("ms-vogel", room, "Two papers", worse(1));
    const page = await desk.window("jonas");
    // As the page tells it while the scanner works, and when it has found something.
    await page.route(/\/messages\/\?/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text())
        .replace(/("name":"checked-1.pdf".*?"state":)"ready"/, '$1"scanning"')
        .replace(/("name":"games-1.pdf".*?"state":)"ready","problem":null/, '$1"quarantined","problem":"infected"');
      await route.fulfill({ response: answer, body });
    });
    await openRoom(page, "Room 48b");
    await message(page, "Two papers").getByText("Being checked for viruses").waitFor();
    await message(page, "Two papers").getByText("Blocked: the virus check found something").waitFor();
    expect(await message(page, "Two papers").getByRole("link").count()).toBe(0);
  });

  it("a document is saved under its name; without words a message is called by its files", async () => {
    const room = await desk.room("Room D", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room D");
    const name = "Arbeitsblatt „Zelle“ 7b.pdf";
    await pick(page, [paper(name, pdf(3_000))]);
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    await composer(page, "Room D").press("Enter");
    const link = log(page).getByRole("link", { name: `Download ${name}` });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe(name);
    const { results } = await desk.school.call<{ results: { id: number }[] }>(
      "ms-vogel",
      "GET",
      `/chat/rooms/${room}/messages/`,
    );
    await desk.school.say("ms-vogel", room, "Thank you", { reply_to: results.at(-1)?.id });
    await log(page)
      .getByRole("button", { name: `Document: ${name}` })
      .waitFor();
  });

  it("words can be given to a message of files, and taken away again; the files stay", async () => {
    await desk.room("Room E", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room E");
    const box = composer(page, "Room E");
    await pick(page, three.slice(0, 1));
    await page.getByRole("button", { name: "Remove one.png" }).waitFor();
    await expect.poll(() => tray(page).getByText("Being checked").count()).toBe(0);
    await box.press("Enter");
    const shown = log(page).getByRole("button", { name: "one.png" });
    await shown.waitFor();
    const editing = page.getByText("Edit your message");
    // What the server has not confirmed cannot be edited yet.
    await expect.poll(async () => (await box.press("ArrowUp"), editing.count())).toBe(1);
    expect(await page.getByRole("button", { name: "Add files" }).count()).toBe(0);
    await box.fill("a leaf");
    await box.press("Enter");
    await message(page, "a leaf").getByText("(edited)").waitFor();
    expect(await message(page, "a leaf").getByRole("button", { name: "one.png" }).count()).toBe(1);
    await box.press("ArrowUp");
    await editing.waitFor();
    await box.fill("");
    await box.press("Enter");
    await message(page, "a leaf").waitFor({ state: "detached" });
    await shown.waitFor();
  });
});

describe("Reading", () => {
  it("15: pictures that come late, above what is read, move it by no pixel", async () => {
    const room = await desk.room("Room 15", ["ms-vogel", "jonas"]);
    await desk.history(room, 8, { by: "ms-vogel", readers: ["jonas"] });
    await sayWith("ms-vogel", room, "late ones", three.slice(0, 2));
    await sayWith("ms-vogel", room, "a late one", [{ name: "tall.png", buffer: png(200, 900, 4) }]);
    await desk.history(room, 12, { by: "ms-vogel", readers: ["jonas"] });
    await expect.poll(() => isReady("jonas", room, "a late one")).toBe(true);
    await expect.poll(() => isReady("jonas", room, "late ones")).toBe(true);
    const page = await desk.window("jonas");
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    await page.route(FILES, async (route) => {
      asked += 1;
      await held;
      await route.continue().catch(() => undefined);
    });
    await openRoom(page, "Room 15");
    await message(page, "history-12.").waitFor();
    await scrollUp(page, log(page), 500);
    const below = await watch(message(page, "history-3.").last());
    await expect.poll(() => asked).toBeGreaterThan(0);
    release();
    await expect
      .poll(() =>
        log(page)
          .locator("img[alt='tall.png']")
          .evaluate((img) => (img as HTMLImageElement).naturalWidth),
      )
      .toBeGreaterThan(0);
    expect(await below.moved()).toBeLessThanOrEqual(1);
  });
});
