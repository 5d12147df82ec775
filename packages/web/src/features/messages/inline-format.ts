// Marks within a line: bold, italic, struck through, code, links, mentions. One pass over the text, and what does not
// come out as a mark stays as it was typed. Nesting is bounded by design: no mark stands within itself.

export type Mark = "strong" | "em" | "del";
export type Inline =
  | string
  | { kind: Mark; parts: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; parts: Inline[] }
  | { kind: "mention"; name: string };
type Node = Exclude<Inline, string>;

interface Token {
  text: string;
  leaf?: Node;
  open?: Node & { parts: Inline[] };
  close?: boolean;
}

/** A message of more marks than this is a prank, and is shown as it was typed. */
const MAX_MARKS = 800;
const MAX_URL = 2_048;

const signs =
  /\\[*~`]|`+|\*+|~+|!?\[|\]|https?:\/\/[^\s<>"]+|mailto:[^\s<>"@]{1,64}@[^\s<>"]+|@[\p{L}\p{N}._-]{2,40}/giu;
const wordChar = /[\p{L}\p{N}_]/u;
/** Letters that stand beside a star in algebra (a*b*c); scripts without spaces between words are none of them. */
const algebra = /[\p{N}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u;
const digit = /\p{N}/u;
const blank = /\s/;

/** What may be gone to. Everything else stays text. */
export function safeAddress(address: string): string | null {
  if (!/^(https?:\/\/|mailto:)/i.test(address) || !URL.canParse(address)) return null;
  return ["http:", "https:", "mailto:"].includes(new URL(address).protocol) ? address : null;
}

const closers = new Set(".,;:!?'’”»*~…");

/** Without the punctuation that follows an address, and without a bracket that was opened before it. */
export function trimmedAddress(found: string): string {
  const label = found.indexOf("](");
  let end = label < 0 ? found.length : label;
  const pairs = { ")": 0, "]": 0 };
  for (const char of found.slice(0, end)) {
    if (char === ")") pairs[")"] += 1;
    else if (char === "(") pairs[")"] -= 1;
    else if (char === "]") pairs["]"] += 1;
    else if (char === "[") pairs["]"] -= 1;
  }
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    if (closers.has(last)) continue;
    if ((last !== ")" && last !== "]") || pairs[last] <= 0) break;
    pairs[last] -= 1;
  }
  return found.slice(0, end);
}

/** No address has these in it. */
const ends = new Set([" ", "\n", "\t", "\u00A0", "<", ">", '"']);

/** The address in brackets that begins at `from`, and where it ends. */
function destination(text: string, from: number): { href: string; end: number } | null {
  if (text[from] !== "(") return null;
  const close = text.indexOf(")", from);
  if (close < 0 || close - from > MAX_URL) return null;
  let depth = 0;
  for (let at = from + 1; at < text.length && at - from <= MAX_URL; at += 1) {
    const char = text[at] ?? "";
    if (ends.has(char)) return null;
    if (char === "(") depth += 1;
    else if (char === ")" && depth > 0) depth -= 1;
    else if (char === ")") {
      const href = safeAddress(text.slice(from + 1, at));
      return href === null ? null : { href, end: at + 1 };
    }
  }
  return null;
}

/** An address as the words of a link to somewhere else would be a trap. */
function misleads(label: string, href: string): boolean {
  const words = label.trim().slice(0, MAX_URL);
  if (!/^(https?:\/\/|www\.)/i.test(words)) return false;
  const shown = /^www\./i.test(words) ? `https://${words}` : words;
  const host = (address: string) => new URL(address).host.replace(/^www\./, "");
  return !URL.canParse(shown) || host(shown) !== host(href);
}

/** For each run of backticks, where the next run of the same length begins. */
function codeEnds(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const next = new Map<number, number>();
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].toReversed()) {
    const end = next.get(run.length);
    if (end !== undefined) ends.set(index, end);
    next.set(run.length, index);
  }
  return ends;
}

const marksOf = (run: string): Mark[] => {
  if (run.startsWith("~")) return run.length === 2 ? ["del"] : [];
  return ([[], ["em"], ["strong"], ["strong", "em"]] as Mark[][])[run.length] ?? [];
};
const signOf: Record<Mark, string> = { strong: "**", em: "*", del: "~~" };

class Reader {
  readonly tokens: Token[] = [];
  readonly #text: string;
  readonly #codeEnds: Map<number, number>;
  /** Marks and brackets that wait for their other half, by their token. */
  readonly #stack: { mark: Mark | null; token: number }[] = [];
  readonly #open: Record<Mark, number> = { strong: -1, em: -1, del: -1 };
  readonly #brackets: { level: number; start: number; image: boolean }[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#codeEnds = codeEnds(text);
  }

  read(): Token[] {
    let end = 0;
    signs.lastIndex = 0;
    for (let found = signs.exec(this.#text); found; found = signs.exec(this.#text)) {
      if (found.index > end) this.#say(this.#text.slice(end, found.index));
      end = this.#take(found[0], found.index);
      signs.lastIndex = end;
    }
    if (end < this.#text.length) this.#say(this.#text.slice(end));
    return this.tokens;
  }

  /** The answer is where to go on. */
  #take(sign: string, at: number): number {
    const end = at + sign.length;
    const first = sign[0] ?? "";
    if (first === "\\") this.#say(sign.slice(1));
    else if (first === "`") return this.#code(sign, at);
    else if (first === "*" || first === "~") this.#mark(sign, at);
    else if (first === "[" || first === "!") this.#bracket(sign, at);
    else if (first === "]") return this.#link(at);
    else if (first === "@") this.#mention(sign, at);
    else return this.#address(sign, at);
    return end;
  }

  #say(text: string): void {
    this.tokens.push({ text });
  }

  #code(run: string, at: number): number {
    const start = at + run.length;
    const end = this.#codeEnds.get(at);
    if (end === undefined) {
      this.#say(run);
      return start;
    }
    const inside = this.#text.slice(start, end);
    const text = /^ .*\S.* $/s.test(inside) ? inside.slice(1, -1) : inside;
    this.tokens.push({ text: inside, leaf: { kind: "code", text } });
    return end + run.length;
  }

  #mention(sign: string, at: number): void {
    if (wordChar.test(this.#text[at - 1] ?? "")) this.#say(sign);
    else this.tokens.push({ text: sign, leaf: { kind: "mention", name: sign.slice(1) } });
  }

  #address(found: string, at: number): number {
    const address = trimmedAddress(found);
    const href = safeAddress(address);
    if (href) this.tokens.push({ text: address, leaf: { kind: "link", href, parts: [address] } });
    else this.#say(address);
    return at + address.length;
  }

  #bracket(sign: string, at: number): void {
    this.#brackets.push({ level: this.#stack.length, start: at + sign.length, image: sign.length > 1 });
    this.#stack.push({ mark: null, token: this.tokens.length });
    this.#say(sign);
  }

  #link(at: number): number {
    const bracket = this.#brackets.pop();
    const label = bracket ? this.#text.slice(bracket.start, at) : "";
    const to = bracket && !bracket.image && label.trim() ? destination(this.#text, at + 1) : null;
    const opener = bracket && this.#stack[bracket.level];
    if (!bracket || !opener || !to || misleads(label, to.href)) {
      this.#say("]");
      return at + 1;
    }
    this.#drop(bracket.level);
    // no link holds another, so the brackets before this one are only brackets
    this.#brackets.length = 0;
    this.#pair(opener.token, { kind: "link", href: to.href, parts: [] }, "]");
    return to.end;
  }

  #mark(run: string, at: number): void {
    let left = marksOf(run);
    if (left.length === 0) return this.#say(run);
    const before = this.#text[at - 1] ?? " ";
    const after = this.#text[at + run.length] ?? " ";
    const stands = run === "*" ? algebra : digit;
    if (!blank.test(before) && !stands.test(after)) left = this.#close(left);
    const mayOpen = !blank.test(after) && !stands.test(before);
    for (const mark of left) {
      if (mayOpen && this.#open[mark] < 0) {
        this.#open[mark] = this.#stack.length;
        this.#stack.push({ mark, token: this.tokens.length });
      }
      this.#say(signOf[mark]);
    }
  }

  /** Closes those of the marks that are open, the innermost first; the answer is what is left. */
  #close(marks: Mark[]): Mark[] {
    const inner = marks.toSorted((a, b) => this.#open[b] - this.#open[a]);
    return inner.filter((mark) => {
      const opener = this.#stack[this.#open[mark]];
      if (!opener) return true;
      this.#drop(this.#open[mark]);
      this.#pair(opener.token, { kind: mark, parts: [] }, signOf[mark]);
      return false;
    });
  }

  #pair(opener: number, open: Node & { parts: Inline[] }, text: string): void {
    const token = this.tokens[opener];
    if (token) token.open = open;
    this.tokens.push({ text, close: true });
  }

  /** What was opened at this level or above stays as it was typed. */
  #drop(level: number): void {
    for (const { mark } of this.#stack.splice(level)) if (mark) this.#open[mark] = -1;
    while ((this.#brackets.at(-1)?.level ?? -1) >= level) this.#brackets.pop();
  }
}

function add(parts: Inline[], part: Inline): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else parts.push(part);
}

function build(tokens: readonly Token[]): Inline[] {
  const root: Inline[] = [];
  const levels = [root];
  let linkLevel = 0;
  for (const { text, leaf, open, close } of tokens) {
    const parts = levels.at(-1) ?? root;
    if (open) {
      parts.push(open);
      levels.push(open.parts);
      if (open.kind === "link") linkLevel = levels.length;
    } else if (close) {
      if (levels.length === linkLevel) linkLevel = 0;
      levels.pop();
    } else {
      // a link's words lead to one place only
      const isPlain = linkLevel > 0 && leaf?.kind !== "code";
      add(parts, leaf && !isPlain ? leaf : text);
    }
  }
  return root;
}

export function inlinesOf(text: string): Inline[] {
  const tokens = new Reader(text).read();
  const marks = tokens.filter(({ leaf, open }) => leaf ?? open).length;
  return marks > MAX_MARKS ? [text] : build(tokens);
}
