// A room as a small tile: the emoji its name starts with, or its first letter, on one of ten colours.
import type { CSSProperties } from "react";
import { classNames } from "./class-names.ts";
import { colourOf } from "./colour.ts";
import { firstGrapheme } from "./names.ts";

const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const wordCharacter = /[\p{L}\p{N}]/u;

export interface TileProps {
  id: number | string;
  name: string;
  size?: number;
}

/** What stands on the tile, and whether it is a letter. */
export function tileFace(name: string): { face: string; letter: boolean } {
  const first = firstGrapheme(name.trim());
  if (emoji.test(first)) return { face: first, letter: false };
  const start = name.search(wordCharacter);
  return { face: firstGrapheme(start < 0 ? first : name.slice(start)).toUpperCase(), letter: true };
}

/** The emoji that stands on the tile, and the name beside it; the whole name where nothing else is in it. */
export function nameParts(name: string): { emoji: string; beside: string } {
  const { face, letter } = tileFace(name);
  const rest = letter ? "" : name.trim().slice(face.length).trim();
  return rest ? { emoji: face, beside: rest } : { emoji: "", beside: name };
}

export const nameBeside = (name: string): string => nameParts(name).beside;

/** Decoration: the room's name stands beside it. */
export function Tile({ id, name, size = 24 }: TileProps) {
  const { face, letter } = tileFace(name);
  return (
    <span
      className={classNames("hr-tile", `hr-av-${colourOf(id)}`, letter && "is-letter")}
      style={{ "--s": `${size}px` } as CSSProperties}
      data-face={face}
      aria-hidden="true"
    />
  );
}
