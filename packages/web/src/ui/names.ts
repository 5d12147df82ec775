// Short forms of people's names: initials for avatars, the first name for typing lines.
const titles = /^(dr|prof|mr|mrs|ms|mx|herr|frau)\.?\s+/i;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first thing a reader would call a character: a letter with its accents, or a whole emoji. */
export function firstGrapheme(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return "";
}

export function withoutTitle(name: string): string {
  let bare = name.trim();
  while (titles.test(bare)) bare = bare.replace(titles, "");
  return bare || name.trim();
}

export function initialsOf(name: string): string {
  const words = withoutTitle(name).split(/\s+/);
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? "") : "";
  return (firstGrapheme(words[0] ?? "") + last).toUpperCase();
}

/** "Linh" for Linh Nguyen; names with a title stay as the school writes them. */
export function shortName(name: string): string {
  const trimmed = name.trim();
  return titles.test(trimmed) ? trimmed : (trimmed.split(/\s+/)[0] ?? trimmed);
}

/** For comparing what is typed with what is written: without case and accents, so that "jose" finds José. */
export function foldText(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll("ø", "o")
    .replaceAll("đ", "d")
    .replaceAll("ı", "i");
}
