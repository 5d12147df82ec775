// Files: beside the message box, dragged over a room, in messages, and a picture that is open large.
import { drag, pick, picture, paper, tray } from "../kit/files-page.ts";
import { pdf, png } from "../kit/png.ts";
import { composer, log } from "../kit/room-page.ts";
import { BIOLOGY, dialog, message, openRoom, ownRoom, type Screen, type Stage } from "./stage.ts";

const ALBUM = "Leaf album";
const leaf = (name: string, hue: number, width = 900, height = 600) => picture(name, png(width, height, hue));

/** Five pictures, one that stands alone, and a document, sent by whoever looks at them. */
const album = async (stage: Stage) => {
  const { page } = stage;
  await ownRoom(stage, ALBUM, "student1");
  await openRoom(page, ALBUM);
  const box = composer(page, ALBUM);
  const say = async (text: string, ...files: Parameters<typeof pick>[1]) => {
    await pick(page, files);
    await box.fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await tray(page).waitFor({ state: "detached" });
    await message(page, text).getByText("Being checked").first().waitFor({ state: "detached" });
  };
  await say("For Monday", paper("Leaves_worksheet_2.pdf", pdf(340_000)));
  await say("Our three best ones", leaf("oak.png", 1), leaf("maple.png", 3), leaf("beech.png", 0));
  await say("And the rest", ...Array.from({ length: 6 }, (_, index) => leaf(`leaf-${index + 1}.png`, index)));
};

export const files: Screen[] = [
  {
    name: "composer-files",
    who: "student1",
    show: async ({ page }) => {
      await openRoom(page, BIOLOGY);
      // One that does not arrive, so that it can be seen on its way.
      await page.route("**/api/chat/uploads/", (route) =>
        route.request().postDataBuffer()?.includes("Protocol") ? undefined : route.continue(),
      );
      await pick(page, [leaf("onion_400x.png", 4, 300, 300), paper("Protocol_of_our_group.pdf", pdf(8_000))]);
      await pick(page, [{ name: "film.exe", mimeType: "", buffer: Buffer.from("MZ") }]);
      await composer(page, BIOLOGY).fill("Here are our results");
      await page.getByRole("button", { name: "Remove onion_400x.png" }).waitFor();
    },
  },
  {
    name: "files-drop",
    who: "student1",
    widths: ["1440", "1024"],
    show: async ({ page }) => {
      await openRoom(page, BIOLOGY);
      await drag(log(page), ["dragover"], [leaf("onion.png", 2, 30, 30)]);
      await page.getByText(`Drop to share with ${BIOLOGY}`).waitFor();
    },
  },
  { name: "chat-pictures", who: "teacher2", show: album },
  {
    name: "lightbox",
    who: "teacher2",
    show: async (stage) => {
      await album(stage);
      await log(stage.page).getByRole("button", { name: "leaf-2.png" }).click();
      await dialog(stage.page);
      await stage.page.getByRole("dialog").getByRole("img", { name: "leaf-2.png" }).waitFor();
    },
  },
];
