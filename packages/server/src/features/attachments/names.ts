// What a file is called: one line without a path, in characters that show what they are, with an ending that is true.
import { SIZES } from "@homeroom/protocol";
import { endingsOf } from "./types.ts";

/** Control characters, and those that nobody sees or that turn the reading order around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What some system takes for more than a letter. */
const SPECIAL = /[<>:"|?*]/g;
/** Letters take a few marks; more of them are a tower that stands in other lines. */
const TOWER = /(\p{M}{6})\p{M}+/gu;
/** Names of devices on Windows, whatever their ending is. */
const DEVICE = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i;
const LONGEST_ENDING = 12;

const splitEnding = (name: string): [stem: string, ending: string] => {
  const dot = name.lastIndexOf(".");
  const hasEnding = dot > 0 && name.length - dot - 1 <= LONGEST_ENDING;
  return hasEnding ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ""];
};

/** Cut in its middle, where a name says least. Counts code points, and cuts none of them. */
const fit = (stem: string, most: number): string => {
  const letters = [...stem];
  if (letters.length <= most) return stem;
  const tail = Math.floor(most / 4);
  return `${letters.slice(0, most - tail - 1).join("")}…${letters.slice(letters.length - tail).join("")}`;
};

/** Never empty, never longer than SIZES.file_name. A name whose ending is not one of its type is given the right one. */
export const cleanName = (told: string, mime: string): string => {
  const last = told.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(INVISIBLE, "").replace(SPECIAL, "_").replace(TOWER, "$1").replace(/\s+/g, " ");
  // Dots and spaces at the ends are dropped by some systems, and hide a file on others.
  const bare = plain.replace(/^[. ]+|[. ]+$/g, "");
  const name = DEVICE.test(bare) ? `_${bare}` : bare;
  const endings = endingsOf(mime);
  const [stem, ending] = splitEnding(name);
  if (endings.length === 0 || endings.includes(ending.toLowerCase())) return joined(stem, ending);
  return joined(name, endings[0] ?? "");
};

const joined = (stem: string, ending: string): string => {
  const tail = ending === "" ? "" : `.${ending}`;
  return `${fit(stem === "" ? "file" : stem, SIZES.file_name - tail.length)}${tail}`;
};
