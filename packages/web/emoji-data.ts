// A part of the build: the emoji of Unicode with their English names, as one small file on our own server. Schools may
// have no internet, so nothing of it is fetched from elsewhere; a quarter of the package's size, and with shortcodes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

interface Skin {
  emoji: string;
  tone?: number | number[];
}

interface Entry extends Skin {
  label: string;
  hexcode: string;
  group?: number;
  version: number;
  tags?: string[];
  skins?: Skin[];
}

type Shortcodes = Record<string, string | string[] | undefined>;

const MODULE = "virtual:emoji-data-url";
const DEV_PATH = "/@homeroom/emoji.json";
/** Hair and skin alone: parts of emoji, not emoji that one writes. */
const COMPONENTS = 2;

const require = createRequire(import.meta.url);
const read = <T>(file: string): T => JSON.parse(readFileSync(require.resolve(`emojibase-data/en/${file}`), "utf8"));

/** The data ends some emoji with a selector that Unicode's own sequences lack, and the server takes only those. */
const asUnicode = (emoji: string): string => {
  const bare = emoji.replace(/\uFE0F$/, "");
  return /^\p{RGI_Emoji}$/v.test(bare) ? bare : emoji;
};

/** One row for each: emoji, name, group, version, words to find it by, shortcodes, the five skin tones. */
export function emojiRows(): string {
  const github = read<Shortcodes>("shortcodes/github.json");
  const emojibase = read<Shortcodes>("shortcodes/emojibase.json");
  const rows = read<Entry[]>("data.json")
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .map(({ emoji, label, hexcode, group, version, tags = [], skins = [] }) => {
      const codes = new Set([github[hexcode] ?? [], emojibase[hexcode] ?? []].flat());
      const tones = skins.filter(({ tone }) => typeof tone === "number").map((skin) => asUnicode(skin.emoji));
      return [asUnicode(emoji), label, group, version, tags.join(" "), [...codes].join(" "), tones.join(" ")];
    });
  return JSON.stringify(rows);
}

/** `import url from "virtual:emoji-data-url"`: a file with a hash in its name, or the development server's. */
export function emojiData(): Plugin {
  let building = false;
  return {
    name: "emoji-data",
    configResolved(config) {
      building = config.command === "build";
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return;
      if (!building) return `export const url = ${JSON.stringify(DEV_PATH)};`;
      const file = this.emitFile({ type: "asset", name: "emoji.json", source: emojiRows() });
      return `export const url = import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      server.middlewares.use(DEV_PATH, (_request, response) => {
        response.setHeader("Content-Type", "application/json");
        response.end(emojiRows());
      });
    },
  };
}
