// Files on their way into a message: dropped, pasted and picked; cancelled, tried again, refused. The numbers are those of the behaviours.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { NETWORK_TROUBLE, openDesk } from "../kit/desk.ts";
import { drag, paper, pasteFiles, pick, pickByKey, picture, tray, trayItem } from "../kit/files-page.ts";
import { pdf, png } from "../kit/png.ts";
import { composer, log, message, openRoom, write } from "../kit/room-page.ts";

const desk = openDesk();

const UPLOADS = "**/api/chat/uploads/";
const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true });
const target = (page: Page, name: string) => page.getByText(`Drop to share with ${name}`);
const small = (name: string, hue = 0) => picture(name, png(60, 40, hue));

describe("Getting files into the box", () => {
  it("41: files dragged anywhere show one drop target that names the room; it goes when they leave the window", async () => {
    const room = await desk.room("Room 41", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "Show me your leaves");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 41");
    const rooms = page.getByRole("navigation", { name: "Rooms" });
    await drag(rooms, ["dragenter", "dragover"], [small("leaf.png")]);
    await target(page, "Room 41").waitFor();
    const [cover, sheet] = await Promise.all([
      page.locator(".hr-drop").boundingBox(),
      page.locator("main").boundingBox(),
    ]);
    expect(cover).toEqual(sheet);
    await drag(rooms, ["dragleave"], [small("leaf.png")]);
    await target(page, "Room 41").waitFor({ state: "hidden" });
    // words that are dragged are no files
    await log(page).evaluate((element) => {
      const data = new DataTransfer();
      data.setData("text/plain", "leaf");
      element.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: data }));
    });
    expect(await target(page, "Room 41").isVisible()).toBe(false);
    await drag(rooms, ["dragover", "drop"], [small("leaf.png")]);
    await trayItem(page, "leaf.png").waitFor();
    expect(await target(page, "Room 41").isVisible()).toBe(false);
  });

  it("41: a thread beside the room takes what is dropped there, and a room without files says so and keeps the words", async () => {
    const room = await desk.room("Room 41b", ["ms-vogel", "jonas"]);
    const { id } = await desk.school.say("ms-vogel", room, "A question");
    const page = await desk.window("jonas");
    await page.goto(`${desk.school.url}/rooms/${room}/thread/${id}`);
    const panel = page.getByRole("complementary");
    await panel.getByRole("textbox", { name: "Reply in thread" }).waitFor();
    await composer(page, "Room 41b").waitFor();
    await drag(panel, ["dragover"], [small("answer.png")]);
    expect(await page.locator(".hr-drop:visible").count()).toBe(1);
    await drag(panel, ["drop"], [small("answer.png")]);
    await panel.getByTitle("answer.png", { exact: true }).waitFor();
    expect(await page.getByTitle("answer.png", { exact: true }).count()).toBe(1);

    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { allow_uploads: false });
    await page.getByRole("button", { name: "Add files" }).first().waitFor({ state: "detached" });
    await composer(page, "Room 41b").fill("my words");
    await drag(log(page), ["dragover"], [small("more.png")]);
    await page.locator("main").getByText("Files cannot be shared here.").waitFor();
    await drag(log(page), ["drop"], [small("more.png")]);
    await page.locator("main").getByText("Files cannot be shared in this room.").waitFor();
    expect(await page.getByTitle("more.png", { exact: true }).count()).toBe(0);
    expect(await composer(page, "Room 41b").inputValue()).toBe("my words");
  });

  it("42: paste, drop and picker give the same tray: thumbnail, name, size, remove; it is there after a reload", async () => {
    await desk.room("Room 42", ["ms-vogel", "jonas"]);
    await desk.room("Elsewhere 42", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 42");
    const box = composer(page, "Room 42");
    await pasteFiles(box, [small("pasted.png", 1)]);
    await drag(log(page), ["dragover", "drop"], [small("dropped.png", 2)]);
    await pick(page, [small("picked.png", 3), paper("work sheet.pdf", pdf(2048))]);
    for (const name of ["pasted.png", "dropped.png", "picked.png"]) {
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      await trayItem(page, name).locator("img").waitFor();
    }
    await trayItem(page, "work sheet.pdf").getByText("2 kB").waitFor();
    expect(await trayItem(page, "work sheet.pdf").locator("img").count()).toBe(0);
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);

    // a table from a document brings its picture along, and means its words
    await pasteFiles(box, [small("table.png")], "1\t2");
    expect(await trayItem(page, "table.png").count()).toBe(0);

    await page.getByRole("button", { name: "Remove dropped.png" }).click();
    await trayItem(page, "dropped.png").waitFor({ state: "detached" });
    await openRoom(page, "Elsewhere 42");
    expect(await tray(page).count()).toBe(0);
    await openRoom(page, "Room 42");
    expect(await tray(page).getByRole("listitem").count()).toBe(3);
    await page.reload();
    await trayItem(page, "work sheet.pdf").waitFor();
    expect(await tray(page).getByRole("listitem").count()).toBe(3);
    await pickByKey(page, box, [small("by-key.png", 4)]);
    await trayItem(page, "by-key.png").waitFor();
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    await send(page).click();
    await log(page).getByRole("button", { name: "by-key.png" }).waitFor();
    expect(await tray(page).count()).toBe(0);
    await page.reload();
    await log(page).getByRole("button", { name: "by-key.png" }).waitFor();
    expect(await tray(page).count(), "what was sent does not come back").toBe(0);
  });
});

describe("On the way", () => {
  it("43: progress that has a name, cancel, and a message that waits for its files and goes out by itself", async () => {
    await desk.room("Room 43", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const teacher = await desk.window("ms-vogel");
    await openRoom(page, "Room 43");
    await openRoom(teacher, "Room 43");
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(UPLOADS, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await composer(page, "Room 43").fill("Here are our results");
    await pick(page, [small("one.png"), small("two.png", 1)]);
    await page.getByRole("progressbar", { name: "Upload of one.png" }).waitFor();
    await page.getByRole("button", { name: "Cancel two.png" }).click();
    await trayItem(page, "two.png").waitFor({ state: "detached" });

    await composer(page, "Room 43").press("Enter");
    await page.getByText("Sends when the files are there.").waitFor();
    expect(await log(page).getByRole("article").count()).toBe(0);
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByText("Sends when the files are there.").waitFor({ state: "detached" });
    expect(await composer(page, "Room 43").inputValue()).toBe("Here are our results");

    await send(page).click();
    await page.getByText("Sends when the files are there.").waitFor();
    await page
      .getByRole("link", { name: /^General|^Room 43/ })
      .first()
      .waitFor();
    release();
    await message(page, "Here are our results").getByRole("button", { name: "one.png" }).waitFor();
    await message(teacher, "Here are our results").getByRole("button", { name: "one.png" }).waitFor();
    expect(await composer(page, "Room 43").inputValue()).toBe("");
    expect(await tray(page).count()).toBe(0);
    expect(await log(teacher).getByRole("article").count()).toBe(1);
  });

  it("43: an upload goes on while another room is open; what the network took is tried again and comes once; the words stay", async () => {
    desk.allow(NETWORK_TROUBLE);
    await desk.room("Room 43b", ["ms-vogel", "jonas"]);
    await desk.room("Elsewhere 43", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 43b");
    let isCut = true;
    const keys: (string | undefined)[] = [];
    await page.route(UPLOADS, async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      // the server has it, and its answer is lost
      if (isCut) await route.fetch();
      await (isCut ? route.abort("connectionreset") : route.continue());
    });
    await composer(page, "Room 43b").fill("my words");
    await pick(page, [small("lost.png")]);
    await openRoom(page, "Elsewhere 43");
    await expect.poll(() => keys.length).toBeGreaterThanOrEqual(4);
    await openRoom(page, "Room 43b");
    await trayItem(page, "lost.png").getByText("Connection lost").waitFor();
    await send(page).click();
    await page.getByText("Not sent: a file is missing.").waitFor();
    expect(await composer(page, "Room 43b").inputValue()).toBe("my words");
    isCut = false;
    await page.getByRole("button", { name: "Retry lost.png" }).click();
    await page.getByRole("button", { name: "Remove lost.png" }).waitFor();
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    expect(new Set(keys).size, "all tries of one file have one key").toBe(1);
    await send(page).click();
    await message(page, "my words").getByRole("button", { name: "lost.png" }).waitFor();
  });
});

describe("What is refused", () => {
  it("43: a message whose file is gone, or whose room takes no files any more, keeps its words and its files and says why", async () => {
    // what is gone cannot be fetched
    desk.allow(/status of 404/);
    const room = await desk.room("Room 43c", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 43c");
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/api/chat/uploads/"));
    await pick(page, [small("gone.png")]);
    const { id } = (await (await answered).json()) as { id: string };
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    await desk.school.call("jonas", "DELETE", `/chat/uploads/${id}/`);
    await composer(page, "Room 43c").fill("my words");
    await send(page).click();
    const row = message(page, "my words");
    await row.getByText("Not sent:").waitFor();
    await row.getByRole("button", { name: "Edit", exact: true }).click();
    await row.waitFor({ state: "detached" });
    expect(await composer(page, "Room 43c").inputValue()).toBe("my words");
    await page.getByRole("button", { name: "Remove gone.png" }).click();

    await pick(page, [small("late.png")]);
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { allow_uploads: false });
    await page.getByRole("button", { name: "Add files" }).waitFor({ state: "detached" });
    await send(page).click();
    await message(page, "my words").getByText("Not sent: files cannot be shared in this room.").waitFor();
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { allow_uploads: true });
    await message(page, "my words").getByRole("button", { name: "Retry", exact: true }).click();
    await message(page, "my words").getByText("Not sent").waitFor({ state: "detached" });
    await message(page, "my words").getByRole("button", { name: "late.png" }).waitFor();
  });

  it("44: a wrong type and one that is too large are refused before anything is sent, with the limit; the server refuses them too", async () => {
    await desk.room("Room 44", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 44");
    let asked = 0;
    await page.route(UPLOADS, (route) => {
      asked += 1;
      return route.continue();
    });
    await composer(page, "Room 44").fill("look");
    const large = { ...paper("film.pdf", Buffer.alloc(0)), size: 26 * 1024 * 1024 };
    await log(page).evaluate((element, { name, size }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(size)], name));
      const options = { bubbles: true, cancelable: true, dataTransfer: data };
      element.dispatchEvent(new DragEvent("drop", options));
    }, large);
    await page.getByText("“film.pdf” is 26 MB. The limit here is 25 MB.").waitFor();
    await pick(page, [{ name: "game.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") }]);
    await page.getByText("“game.exe” cannot be shared:").waitFor();
    await pick(
      page,
      Array.from({ length: 11 }, (_, index) => paper(`${index}.pdf`, pdf())),
    );
    await page.getByText("A message takes 10 files at most.").waitFor();
    await expect.poll(() => tray(page).getByRole("listitem").count()).toBe(10);
    await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
    expect(asked).toBe(10);
    expect(await composer(page, "Room 44").inputValue()).toBe("look");

    // a picture by its name only: the server looks into it
    desk.allow(/status of 4(15|22)/);
    for (let n = 0; n < 10; n += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await tray(page)
        .getByRole("button", { name: /^Remove/ })
        .first()
        .click();
    }
    await tray(page).waitFor({ state: "detached" });
    await pick(page, [picture("script.png", Buffer.from("<svg><script>alert(1)</script></svg>"))]);
    await trayItem(page, "script.png").getByText("can be shared").waitFor();
    expect(await page.getByRole("button", { name: "Retry script.png" }).count()).toBe(0);
    await page.getByRole("button", { name: "Remove script.png" }).click();
    await write(page, "Room 44", "look");
  });
});
