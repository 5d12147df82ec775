// Whether bytes are plain text: words for people, and nothing that a program would carry out.
import type { FileHandle } from "node:fs/promises";

const STEP = 256 * 1024;
/** Begins as a page, a drawing or a script does. */
const MARKUP_START = /^\s*<\s*[a-z!?/]/i;
const SCRIPT_START = /^\s*#!/;
/** Where a browser that guesses would still find a page. */
const MARKUP_NEAR = /<\s*(!doctype|html|head|body|script|svg|iframe|style|title|object|embed|math|xml|\?xml|\?php)\b/i;
const NEAR = 2_048;
/** Tab, the ends of lines and pages, and the escape that begins a colour in a log. */
const HARMLESS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** `text/plain`, `text/csv`, or null. In UTF-8, UTF-16 with its mark, or an old code page of one byte a letter. */
export const textType = async (file: FileHandle, head: Buffer): Promise<string | null> => {
  const wide = wideCode(head);
  const start = new TextDecoder(wide ?? "utf-8").decode(head).slice(0, 64 * 1024);
  if (MARKUP_START.test(start) || SCRIPT_START.test(start) || MARKUP_NEAR.test(start.slice(0, NEAR))) return null;
  if (!(await isPlain(file, wide))) return null;
  return isTable(start) ? "text/csv" : "text/plain";
};

const wideCode = (head: Buffer): "utf-16le" | "utf-16be" | null => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null;
};

/** No control character anywhere in it. */
const isPlain = async (file: FileHandle, wide: "utf-16le" | "utf-16be" | null): Promise<boolean> => {
  const decoder = wide && new TextDecoder(wide, { fatal: true });
  const buffer = Buffer.alloc(STEP);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, STEP, at);
    if (bytesRead === 0) return true;
    at += bytesRead;
    const some = buffer.subarray(0, bytesRead);
    if (!(decoder ? isPlainWide(decoder, some) : some.every((byte) => byte >= 0x20 || HARMLESS.has(byte))))
      return false;
  }
};

const isPlainWide = (decoder: InstanceType<typeof TextDecoder>, some: Buffer): boolean => {
  try {
    return [...decoder.decode(some, { stream: true })].every((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code >= 0x20 || HARMLESS.has(code);
    });
  } catch {
    return false;
  }
};

const ROWS = 20;

/** As many commas, semicolons or tabs in each of its first lines; a comma before a space stands in a sentence. */
const isTable = (start: string): boolean => {
  const lines = start.split(/\r?\n/).slice(0, -1).filter(Boolean).slice(0, ROWS);
  if (lines.length < 2) return false;
  return [",", ";", "\t"].some((mark) => {
    if (mark === "," && lines.some((line) => line.includes(", "))) return false;
    const [first = 0, ...rest] = lines.map((line) => line.split(mark).length - 1);
    return first > 0 && rest.every((count) => count === first);
  });
};
