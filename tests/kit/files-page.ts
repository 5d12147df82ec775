// Files on the screen: chosen, dropped and pasted as a person does it, and found by the names that everybody reads.
import type { Locator, Page } from "playwright-core";

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const picture = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: "image/png", buffer });
export const paper = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: "application/pdf", buffer });

export const tray = (page: Page): Locator => page.getByRole("list", { name: "Files to send" });
export const trayItem = (page: Page, name: string): Locator =>
  tray(page)
    .getByRole("listitem")
    .filter({ has: page.getByTitle(name, { exact: true }) });

const listening = new WeakSet<Page>();

/**
 * Playwright asks the browser for its dialogs with the first listener, and does not wait until that is done: one that
 * stays makes sure that it is.
 */
const listen = async (page: Page): Promise<void> => {
  if (listening.has(page)) return;
  listening.add(page);
  page.on("filechooser", () => undefined);
  await page.evaluate(() => undefined);
};

/** By the button and the browser's own dialog. */
export const pick = async (page: Page, files: TestFile[], within: Page | Locator = page): Promise<void> => {
  await listen(page);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    within.getByRole("button", { name: "Add files" }).click(),
  ]);
  await chooser.setFiles(files);
};

/** By the key, from the message box. */
export const pickByKey = async (page: Page, box: Locator, files: TestFile[]): Promise<void> => {
  await listen(page);
  await box.focus();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Control+u")]);
  await chooser.setFiles(files);
};

const handOver = (files: TestFile[]) =>
  files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") }));

type Handed = ReturnType<typeof handOver>;

/** What a drag over this part of the page brings along. No browser lets a test drag real files into its window. */
export const drag = (over: Locator, types: string[], files: TestFile[] = []): Promise<void> =>
  over.evaluate(
    (element, { types, files }: { types: string[]; files: Handed }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      for (const type of types) {
        const options = { bubbles: true, cancelable: true, dataTransfer: data };
        element.dispatchEvent(new DragEvent(type, options));
      }
    },
    { types, files: handOver(files) },
  );

/** As the clipboard of another program has it. */
export const pasteFiles = (box: Locator, files: TestFile[], text = ""): Promise<void> =>
  box.evaluate(
    (element, { files, text }: { files: Handed; text: string }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (text) data.setData("text/plain", text);
      (element as HTMLElement).focus();
      element.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
    },
    { files: handOver(files), text },
  );
