// A room whose messages are hostile files, for browsers to look at; and a bare page of ours that tries to run them.
import type { Attachment } from "@homeroom/protocol";
import type { Page } from "playwright-core";
import type { HostileFile } from "./hostile-files.ts";
import { inParallel, sendHostile } from "./hostile-uploads.ts";
import type { School } from "./people.ts";

export interface Shown extends Attachment {
  what: string;
  /** Of its message. */
  message: number;
}

interface Listed {
  results: { id: number; attachments?: Attachment[] }[];
}

/** In which all of them are checked. */
const PATIENCE_MS = 120_000;

/** Each in a message of its own that says nothing else. Those that were refused are left out. */
export const fillWall = async (
  school: School,
  room: number,
  who: readonly string[],
  files: readonly HostileFile[],
): Promise<Shown[]> => {
  const sent = new Map<number, string>();
  await inParallel(files, who.length, async (file, index) => {
    const name = who[index % who.length] ?? "";
    const { status, body } = await sendHostile(school.url, school.tokenOf(name), file);
    if (status !== 201) return;
    // What was found to be nothing meanwhile cannot be sent any more.
    const said = await school.say(name, room, "", { attachments: [body.id] }).catch(() => null);
    if (said) sent.set(said.id, file.what);
  });
  const look = async (id: number) => {
    const { results } = await school.call<Listed>(
      who[0] ?? "",
      "GET",
      `/chat/rooms/${room}/messages/?around=${id}&limit=1`,
    );
    return results.find((message) => message.id === id)?.attachments?.[0];
  };
  const shown: Shown[] = [];
  const until = Date.now() + PATIENCE_MS;
  for (const [id, what] of sent) {
    // Mostly the first look finds it ready.
    /* oxlint-disable no-await-in-loop */
    let found = await look(id);
    while (found?.state === "scanning" && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await look(id);
    }
    /* oxlint-enable no-await-in-loop */
    if (!found || found.state === "scanning") throw new Error(`${what} is still being checked`);
    shown.push({ ...found, what, message: id });
  }
  return shown;
};

/** Where a page of ours would stand that forgot every rule: same origin, and no policy of its own. */
export const BARE = "/bare-page-of-ours.html";

/** In every frame of every page from now on: what ran, or asked for something, says so on the console. */
export const tellOfHarm = async (page: Page): Promise<string[]> => {
  const harm: string[] = [];
  page.on("dialog", (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { host } = new URL(request.url());
    if (request.url().startsWith("http") && host !== new URL(page.url()).host) harm.push(`called ${request.url()}`);
  });
  page.on("popup", () => harm.push("a window was opened"));
  page.on("console", (message) => {
    if (message.text().startsWith("HARM")) harm.push(message.text());
  });
  await page.addInitScript(() => {
    Object.defineProperty(window, "__pwned", {
      set() {
        console.error(`HARM: a script ran at ${location.href}`);
      },
    });
    for (const name of ["alert", "confirm", "prompt", "open"] as const) {
      Object.defineProperty(window, name, { value: () => console.error(`HARM: ${name}() at ${location.href}`) });
    }
  });
  const headers = { "content-type": "text/html; charset=utf-8" };
  await page.route(`**${BARE}`, (route) =>
    route.fulfill({ status: 200, headers, body: "<!doctype html><body></body>" }),
  );
  return harm;
};

const ELEMENTS = ["img", "iframe", "object", "embed", "script", "link", "video", "audio"] as const;

/** Puts files into a page in every way that there is, and waits until each has come or failed. */
export const embed = (page: Page, urls: readonly string[]): Promise<void> =>
  page.evaluate(
    async ({ urls, names }) => {
      const put = async (url: string, name: string) => {
        const element = document.createElement(name);
        if (name === "object") element.setAttribute("data", url);
        else element.setAttribute(name === "link" ? "href" : "src", url);
        if (name === "link") element.setAttribute("rel", "stylesheet");
        await new Promise((resolve) => {
          for (const event of ["load", "error", "loadedmetadata"]) element.addEventListener(event, resolve);
          // Some say nothing of what they could not show.
          setTimeout(resolve, 1_000);
          document.body.append(element);
        });
        element.remove();
      };
      await Promise.all(urls.flatMap((url) => names.map((name) => put(url, name))));
    },
    { urls: [...urls], names: ELEMENTS },
  );
