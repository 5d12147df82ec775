// Over two hundred files that mean harm: each is made by script, the same each time, and says what must become of it.
import { active } from "./hostile-files/active.ts";
import { archives } from "./hostile-files/archives.ts";
import { bombs, largest } from "./hostile-files/bombs.ts";
import { documents } from "./hostile-files/documents.ts";
import { masks } from "./hostile-files/masks.ts";
import { names } from "./hostile-files/names.ts";
import { polyglots } from "./hostile-files/polyglots.ts";
import { texts } from "./hostile-files/texts.ts";
import { voices } from "./hostile-files/voices.ts";

export type { HostileFile, Must } from "./hostile-files/bytes.ts";

/** Those that cost a server little; `largest` are the others. */
export const HOSTILE_FILES = { masks, active, polyglots, bombs, archives, documents, voices, names, texts };
export const LARGEST_FILES = largest;
export const ALL_HOSTILE_FILES = [...Object.values(HOSTILE_FILES).flat(), ...largest];
