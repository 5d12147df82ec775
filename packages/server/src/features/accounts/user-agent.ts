// What a browser says of itself, in the few words by which its owner knows it: "Firefox on Windows".

/** The first that is found counts: most browsers also name those that they want to be taken for. */
const BROWSERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];

const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\biPad\b/, "iPad"],
  [/\b(iPhone|iPod)\b/, "iPhone"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\b(Macintosh|Mac OS X)\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const MOST_LOOKED_AT = 500;
const MOST_KEPT = 80;

const nameIn = (names: typeof BROWSERS, said: string): string => names.find(([sign]) => sign.test(said))?.[1] ?? "";

/** At most 80 plain characters; empty where nothing is known. What is no browser keeps its own first word. */
export const inShort = (userAgent: string): string => {
  const said = userAgent.slice(0, MOST_LOOKED_AT);
  const [browser, system] = [nameIn(BROWSERS, said), nameIn(SYSTEMS, said)];
  if (browser) return system ? `${browser} on ${system}` : browser;
  const [first = ""] = said.split(/[^\w./+-]/, 1);
  const program = /^Mozilla\b/.test(first) ? "" : first.slice(0, MOST_KEPT);
  return program || system;
};
