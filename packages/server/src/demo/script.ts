// How the talk of the demo school is written down: scenes of lines, at times relative to now.
import type { FileKey } from "./files.ts";

export const PEOPLE = [
  { username: "admin", role: "admin", display_name: "Birgit Hollmann" },
  { username: "teacher1", role: "teacher", display_name: "Dr. Katrin Seidel" },
  { username: "teacher2", role: "teacher", display_name: "Murat Yıldız" },
  { username: "student1", role: "student", display_name: "Lena Hoffmann" },
  { username: "student2", role: "student", display_name: "Emre Şahin" },
  { username: "student3", role: "student", display_name: "Zeynep Çelik" },
  { username: "student4", role: "student", display_name: "Jonas Größl" },
  { username: "student5", role: "student", display_name: "Paul Wójcik" },
] as const;

export type Who = (typeof PEOPLE)[number]["username"];

/** "HH:MM" of the scene's day, or so many minutes before now. */
export type At = string | number;

interface Say {
  at: At;
  by: Who;
  says: string;
  /** What later lines call it. */
  key?: string;
  quotes?: string;
  /** In the thread of this message. */
  thread?: string;
  alsoInRoom?: true;
  files?: readonly FileKey[];
}
interface Edit {
  at: At;
  edits: string;
  to: string;
}
interface Delete {
  at: At;
  deletes: string;
}
/** Somebody has seen everything up to here, threads too. */
interface Read {
  at: At;
  reads: Who;
}

interface React {
  at: At;
  by: Who;
  reacts: string;
  with: string;
}
/** By who hosts the place. */
interface Pin {
  at: At;
  by: Who;
  pins: string;
}

export type Line = Say | Edit | Delete | Read | React | Pin;

export interface Scene {
  daysAgo: number;
  lines: readonly Line[];
}

const MINUTE = 60_000;

export const instantOf = (now: number, daysAgo: number, at: At): number => {
  if (typeof at === "number") return now - at * MINUTE;
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  const day = new Date(now);
  day.setDate(day.getDate() - daysAgo);
  return day.setHours(hours, minutes, 0, 0);
};
