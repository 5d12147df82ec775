// Which emoji this device has pictures for: old systems lack the newest, and Windows has no flags of countries.
import type { EmojiEntry } from "./emoji-data.ts";

const FONTS = "'Apple Color Emoji','Noto Color Emoji','Segoe UI Emoji','Twemoji Mozilla','Android Emoji',sans-serif";
const SIZE = 16;
/** Unicode's group of flags. */
const FLAGS = 9;
/** Two letters that only a font with flags joins into one picture. */
const FLAG = "🇩🇪";

type Draws = (emoji: string) => boolean;

function pixels(context: CanvasRenderingContext2D, emoji: string, colour: string): string {
  context.clearRect(0, 0, SIZE, SIZE);
  context.fillStyle = colour;
  context.fillText(emoji, 0, SIZE / 2);
  return context.getImageData(0, 0, SIZE, SIZE).data.join();
}

/** A picture keeps its own colours, whatever colour one writes in; a letter or an empty box does not. */
function createDraws(): Draws | null {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.canvas.width = SIZE;
  context.canvas.height = SIZE;
  context.font = `${SIZE - 2}px ${FONTS}`;
  context.textBaseline = "middle";
  const one = context.measureText("😀").width;
  return (emoji) =>
    // a sequence that the font does not know falls apart into two pictures
    context.measureText(emoji).width < one * 1.6 && pixels(context, emoji, "#000") === pixels(context, emoji, "#fff");
}

/** One sample of every version answers for all of it. */
export function drawableVersions(entries: EmojiEntry[], draws: Draws | null = createDraws()): EmojiEntry[] {
  if (!draws?.("😀")) return entries;
  const samples = new Map<number, string>();
  for (const { version, emoji, group } of entries) {
    if (group !== FLAGS && !samples.has(version)) samples.set(version, emoji);
  }
  const missing = new Set([...samples].filter(([, emoji]) => !draws(emoji)).map(([version]) => version));
  const flags = draws(FLAG);
  return entries.filter(({ version, emoji }) => !missing.has(version) && (flags || !/^\p{RI}/u.test(emoji)));
}
