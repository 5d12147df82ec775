// The shape of a message's text: plain lines, code, quotes and lists. A small part of Markdown, on purpose: headings,
// pictures, tables and HTML are only the characters that they are written with.
import { type Inline, inlinesOf } from "./inline-format.ts";
import { mentioned, type MentionOf } from "./mentioned.ts";

export interface ListItem {
  /** How far it stands in, 0 to 3. */
  depth: number;
  /** Its number as it was written; null for a point. */
  value: number | null;
  parts: Inline[];
}

export type Block =
  | { kind: "text"; parts: Inline[] }
  | { kind: "code"; language: string; text: string }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; items: ListItem[] };

const MAX_QUOTES = 3;
const MAX_DEPTH = 3;

const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]{0,24})\s*$/;
const quote = /^ {0,3}>(?: |$|(?=>))/;
const item = /^( {0,9})(?:([-*])|(\d{1,6})\.) +(\S.*)$/;
const goesOn = /^ {2,}\S/;

const isPlain = (line: string) => !fence.test(line) && !quote.test(line) && !item.test(line);

class Lines {
  at = 0;
  readonly #lines: readonly string[];
  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }
  get next(): string | undefined {
    return this.#lines[this.at];
  }
  /** The lines from here for which it holds. */
  takeWhile(holds: (line: string) => boolean): string[] {
    const start = this.at;
    while (this.next !== undefined && holds(this.next)) this.at += 1;
    return this.#lines.slice(start, this.at);
  }
}

/** A block of code up to the fence that ends it, or to the end of the message. */
function takeCode(lines: Lines): Block {
  const opening = lines.next ?? "";
  const [, mark = "```", language = ""] = fence.exec(opening) ?? [];
  lines.at += 1;
  const isEnd = (line: string) => line.trim().startsWith(mark) && /^[`~]+$/.test(line.trim());
  const text = lines.takeWhile((line) => !isEnd(line)).join("\n");
  const isEnded = lines.next !== undefined;
  const closing = lines.next ?? "";
  lines.at += 1;
  if (text.trim()) return { kind: "code", language, text };
  return { kind: "text", parts: [[opening, text, ...(isEnded ? [closing] : [])].filter(Boolean).join("\n")] };
}

function takeQuote(lines: Lines, quotes: number): Block {
  const inside = lines.takeWhile((line) => quote.test(line)).map((line) => line.replace(quote, ""));
  return { kind: "quote", blocks: blocksIn(inside, quotes + 1) };
}

function takeList(lines: Lines): Block {
  const items: ListItem[] = [];
  while (lines.next !== undefined) {
    const [, indent = "", , number, words = ""] = item.exec(lines.next) ?? [];
    if (!words) break;
    lines.at += 1;
    const more = lines.takeWhile((line) => goesOn.test(line) && isPlain(line)).map((line) => line.trim());
    items.push({
      depth: Math.min(indent.length >> 1, MAX_DEPTH),
      value: number === undefined ? null : Number(number),
      parts: inlinesOf([words, ...more].join("\n")),
    });
  }
  return { kind: "list", items };
}

/** Empty lines between blocks are the blocks' own distance; those within plain text stay. */
function takeText(lines: Lines, quotes: number): Block | null {
  const isText = (line: string) => isPlain(line) || (quotes >= MAX_QUOTES && quote.test(line));
  const text = lines.takeWhile(isText).join("\n");
  const bare = text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
  return bare ? { kind: "text", parts: inlinesOf(bare) } : null;
}

function blocksIn(given: readonly string[], quotes: number): Block[] {
  const lines = new Lines(given);
  const blocks: Block[] = [];
  while (lines.next !== undefined) {
    const start = lines.at;
    let block: Block | null;
    if (fence.test(lines.next)) block = takeCode(lines);
    else if (quotes < MAX_QUOTES && quote.test(lines.next)) block = takeQuote(lines, quotes);
    else if (item.test(lines.next)) block = takeList(lines);
    else block = takeText(lines, quotes);
    if (block) blocks.push(block);
    if (lines.at === start) lines.at += 1;
  }
  return blocks;
}

export const blocksOf = (text: string): Block[] => blocksIn(text.replaceAll(/\r\n?/g, "\n").split("\n"), 0);

const plainInline = (part: Inline, mentionOf: MentionOf | undefined): string => {
  if (typeof part === "string") return part;
  if (part.kind === "code") return part.text;
  if (part.kind !== "mention") return plainInlines(part.parts, mentionOf);
  const found = mentioned(part.name, mentionOf);
  return found ? `@${found.name}${found.rest}` : `@${part.name}`;
};
const plainInlines = (parts: readonly Inline[], mentionOf: MentionOf | undefined): string =>
  parts.map((part) => plainInline(part, mentionOf)).join("");

function plainBlock(block: Block, mentionOf: MentionOf | undefined): string {
  if (block.kind === "code") return block.text;
  if (block.kind === "quote") return block.blocks.map((inner) => plainBlock(inner, mentionOf)).join("\n");
  if (block.kind === "text") return plainInlines(block.parts, mentionOf);
  return block.items.map(({ parts }) => plainInlines(parts, mentionOf)).join("\n");
}

/** The words in one line, without the marks, people by their names: for quotes, previews and what is read aloud. */
export const plainLine = (text: string, mentionOf?: MentionOf): string =>
  blocksOf(text)
    .map((block) => plainBlock(block, mentionOf))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const emoji = /^(?:\p{Emoji_Presentation}|\p{RI}\p{RI}|\p{Emoji}\uFE0F)/u;

/** One to three emoji and nothing else: drawn larger. */
export function isOnlyEmoji(text: string): boolean {
  const bare = text.replaceAll(/\s/g, "");
  if (bare === "" || bare.length > 64) return false;
  const characters = [...segmenter.segment(bare)];
  return characters.length <= 3 && characters.every(({ segment }) => emoji.test(segment));
}
