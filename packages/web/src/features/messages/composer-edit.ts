// What the composer's keys and the clipboard do to the text: marks around words, links, things put in at the caret.
export interface Selection {
  start: number;
  end: number;
}

/** Replaces `from`..`to` with `text`, and selects `selection` afterwards. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
  selection: Selection;
}

export type Mark = "**" | "*" | "`" | "~~";

/** How often the mark's sign stands right before `at` (or right after it). */
function run(text: string, at: number, sign: string, step: 1 | -1): number {
  let count = 0;
  for (let index = step < 0 ? at - 1 : at; text[index] === sign; index += step) count += 1;
  return count;
}

/** One star is italic and two are bold, so three are both: the number tells which of them stand there. */
function stands(count: number, mark: Mark): boolean {
  if (mark === "*") return count % 2 === 1;
  return count >= mark.length;
}

/** The selection without the spaces at its ends: no mark may stand beside a space. */
function trimmed(text: string, { start, end }: Selection): Selection {
  const words = text.slice(start, end);
  if (!words.trim()) return { start, end };
  return { start: start + words.length - words.trimStart().length, end: end - (words.length - words.trimEnd().length) };
}

/** Puts the mark around the selection, or takes it away when it stands around it or at its ends already. */
export function toggleMark(text: string, selection: Selection, mark: Mark): TextEdit {
  const { start, end } = trimmed(text, selection);
  const words = text.slice(start, end);
  const size = mark.length;
  const sign = mark.charAt(0);
  if (stands(run(text, start, sign, -1), mark) && stands(run(text, end, sign, 1), mark)) {
    const from = start - size;
    return { from, to: end + size, text: words, selection: { start: from, end: from + words.length } };
  }
  const inside = [run(words, 0, sign, 1), run(words, words.length, sign, -1)];
  if (words.length > 2 * size && inside.every((count) => stands(count, mark))) {
    const bare = words.slice(size, -size);
    return { from: start, to: end, text: bare, selection: { start, end: start + bare.length } };
  }
  const at = start + size;
  return { from: start, to: end, text: mark + words + mark, selection: { start: at, end: at + words.length } };
}

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

/** An address pasted over words makes them its link; null where a plain paste is what was meant. */
export function pasteLink(text: string, { start, end }: Selection, pasted: string): TextEdit | null {
  const words = text.slice(start, end);
  const url = pasted.trim();
  if (!words.trim() || /[\r\n]/.test(words) || isAddress(words.trim()) || !isAddress(url)) return null;
  const label = words.replaceAll(/[[\]\\]/g, "\\$&");
  const target = url.replaceAll("(", "%28").replaceAll(")", "%29");
  const link = `[${label}](${target})`;
  return { from: start, to: end, text: link, selection: { start: start + link.length, end: start + link.length } };
}

/** Puts something in place of the selection and the caret after it. */
export function insertAt({ start, end }: Selection, text: string): TextEdit {
  return { from: start, to: end, text, selection: { start: start + text.length, end: start + text.length } };
}

/** The browser makes the change, as if it had been typed: its own undo then takes it back. */
export function applyEdit(box: HTMLTextAreaElement, { from, to, text, selection }: TextEdit): void {
  if (document.activeElement !== box) box.focus();
  box.setSelectionRange(from, to);
  const [command, value] = text === "" ? ["delete", undefined] : ["insertText", text];
  // the only way to change a text box that its undo knows of; deprecated, and in every browser
  const done = (from === to && text === "") || document.execCommand(command ?? "", false, value);
  if (!done) {
    box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
  }
  box.setSelectionRange(selection.start, selection.end);
}
