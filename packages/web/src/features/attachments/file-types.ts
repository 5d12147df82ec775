// Which files may be shared, as far as their names and their browser tell; the server looks at what is in them. Pure.
import type { AttachmentKind } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";

const words = {
  tooLarge: (name: string, size: string, limit: string) => `“${name}” is ${size}. The limit here is ${limit}.`,
  empty: (name: string) => `“${name}” is empty.`,
  type: (name: string) => `“${name}” cannot be shared: only pictures, PDF, office files, text, ZIP and audio can.`,
  tooMany: `A message takes ${SIZES.attachments} files at most.`,
  more: (count: number) => (count === 1 ? " One more file was left out." : ` ${count} more files were left out.`),
};

/** By the end of the name. What is not here is not sent at all. */
const KINDS: Record<AttachmentKind, string> = {
  image: "png jpg jpeg jpe jfif gif webp avif",
  document: "pdf docx xlsx pptx ppsx doc dot xls xlt ppt pps odt ods odp odg odf txt text md log tex csv tsv zip",
  voice: "webm weba ogg oga opus m4a mp4 mp3 wav",
};
const BY_END = new Map(
  Object.entries(KINDS).flatMap(([kind, ends]) => ends.split(" ").map((end) => [end, kind as AttachmentKind])),
);
const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;

export const endOf = (name: string): string => /\.([^.\s]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** What the picker offers. Phones turn a picture into one of these by themselves. */
export const ACCEPT = [
  "image/png,image/jpeg,image/gif,image/webp,image/avif",
  ...`${KINDS.document} ${KINDS.voice}`.split(" ").map((end) => `.${end}`),
].join(",");

/** Null: nothing that can be shared. */
export function kindOf({ name, type }: { name: string; type: string }): AttachmentKind | null {
  const known = BY_END.get(endOf(name)) ?? null;
  // a pasted picture may have no name worth anything
  return known ?? (PICTURE.test(type) ? "image" : null);
}

/** "412 MB", "2.1 MB", "340 kB", "12 bytes". */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const [value, unit] = bytes < 1024 * 1023.5 ? [bytes / 1024, "kB"] : [bytes / 1024 / 1024, "MB"];
  return `${value < 9.95 && unit === "MB" ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`;
}

/** Marks that turn the direction of what follows: in a name they only serve to hide its end. */
export const shownName = (name: string): string => name.replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "");

type Candidate = Pick<File, "name" | "type" | "size">;

/** Why this one cannot be sent, in a sentence; null: it can, as far as is known here. */
export function refusalOf(file: Candidate): string | null {
  const name = shownName(file.name);
  if (file.size > SIZES.upload_bytes) {
    return words.tooLarge(name, sizeText(file.size), sizeText(SIZES.upload_bytes));
  }
  if (kindOf(file) === null) return words.type(name);
  return file.size === 0 ? words.empty(name) : null;
}

export interface Sorted<F> {
  accepted: F[];
  /** What is wrong with the others; null where nothing is. */
  refusal: string | null;
}

/** @param there how many files the message has already */
export function sortOut<F extends Candidate>(files: readonly F[], there: number): Sorted<F> {
  const refusals = files.map(refusalOf);
  const good = files.filter((_, index) => refusals[index] === null);
  const accepted = good.slice(0, Math.max(0, SIZES.attachments - there));
  const [first, ...others] = refusals.filter((refusal) => refusal !== null);
  const parts = [
    first && first + (others.length > 0 ? words.more(others.length) : ""),
    good.length > accepted.length && words.tooMany,
  ];
  return { accepted, refusal: parts.filter(Boolean).join(" ") || null };
}
