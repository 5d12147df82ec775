// Codes that people read out and type: XXXX-XXXX-XXXX, about 59 bits.
import { randomInt } from "node:crypto";

/** Without the letters and digits that are taken for one another. */
const READABLE = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const LENGTH = 12;

const inGroups = (letters: string): string => letters.replace(/(.{4})(?=.)/g, "$1-");

export const newCode = (): string =>
  inGroups(Array.from({ length: LENGTH }, () => READABLE.charAt(randomInt(READABLE.length))).join(""));

export const codeFromBytes = (bytes: Uint8Array): string =>
  inGroups(Array.from(bytes.subarray(0, LENGTH), (byte) => READABLE.charAt(byte % READABLE.length)).join(""));

/** What was typed, as it would have been printed: any case, with or without dashes and spaces. */
export const readCode = (typed: string): string => inGroups(typed.toUpperCase().replace(/[^A-Z0-9]/g, ""));
