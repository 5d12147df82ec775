// Fetches the emoji data, once for the page and only when somebody needs it; a failure may be tried again.
import { type EmojiEntry, readEmojiRows } from "./emoji-data.ts";
import { drawableVersions } from "./emoji-support.ts";

let loaded: Promise<EmojiEntry[]> | undefined;

async function fetchEmoji(): Promise<EmojiEntry[]> {
  const { url } = await import("virtual:emoji-data-url");
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The emoji did not arrive: ${response.status}.`);
  const entries = readEmojiRows(await response.json());
  return drawableVersions(entries);
}

/** Only those that this device can draw. */
export function loadEmoji(): Promise<EmojiEntry[]> {
  loaded ??= fetchEmoji().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}
