// The words every schema is made of: ids, instants, text, pages.
import { z } from "zod";
import { SIZES } from "./sizes.ts";

const INVISIBLE_ONLY = /^[\s\p{Cf}]*$/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;

/** Code points, not UTF-16 units: an emoji is one or a few characters, never a surprise. */
const longerThan = (text: string, max: number) => text.length > max && [...text].length > max;

interface TextRules {
  min?: number;
  max: number;
  /** Line breaks and tabs may stand in it. */
  lines?: boolean;
}

/** Trimmed text without NUL, lone surrogates or (unless `lines`) any control character. */
export const text = ({ min = 0, max, lines = false }: TextRules) =>
  z
    .string()
    .trim()
    .refine(
      (s) => s.isWellFormed() && !(lines ? CONTROL_BUT_LINES : CONTROL).test(s),
      "Contains characters that cannot be stored.",
    )
    .refine((s) => min === 0 || !isBlank(s), "Must not be blank.")
    .refine((s) => s.length === 0 || [...s].length >= min, `Must have at least ${min} characters.`)
    .refine((s) => !longerThan(s, max), `Must have at most ${max} characters.`);

/** Nothing that anybody could see. */
export const isBlank = (s: string): boolean => INVISIBLE_ONLY.test(s);

/** A message's words. Any character but NUL and broken surrogates, since people paste from anywhere. */
export const MaybeContent = z
  .string()
  .trim()
  .refine((s) => s.isWellFormed() && !s.includes("\0"), "Contains characters that cannot be stored.")
  .refine((s) => !longerThan(s, SIZES.content), `Must have at most ${SIZES.content} characters.`);
export const Content = MaybeContent.refine((s) => !isBlank(s), "Must not be blank.");

export const Id = z.int().positive();
/** An id in a path: what is no id names nothing, and is answered with 404. */
export const PathId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .meta({ type: "integer" });
/** Exactly one emoji, as Unicode recommends it for interchange: whole sequences, with the selector where one is due. */
export const Emoji = z.string().refine((s) => /^\p{RGI_Emoji}$/v.test(s), "Must be one emoji.");
/** UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
/** The position of an event in its log: 1, 2, 3 … without gaps. `0` is before the first. */
export const Seq = z.int().nonnegative();
export const Epoch = z.string().min(1);
export const ClientId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 of A–Z a–z 0–9 _ -");
export const Ref = z.string().max(64);
export const Reason = text({ max: SIZES.reason, lines: true });

const queryInt = z
  .string()
  .regex(/^\d{1,15}$/, "Must be a whole number.")
  .transform(Number);
/** A page's size: at least 1, clamped to the largest page. */
const Limit = queryInt
  .refine((n) => n >= 1, "Must be at least 1.")
  .transform((n) => Math.min(n, SIZES.page_max))
  .optional();
export const PageQuery = z.strictObject({ limit: Limit, offset: queryInt.optional() });
/** `before` and `after` are seqs, `around` is a message's id; at most one of them. */
export const LogQuery = z.strictObject({
  limit: Limit,
  before: queryInt.optional(),
  after: queryInt.optional(),
  around: queryInt.optional(),
});

/** A list: `next` and `previous` are URLs, or null where there is nothing more. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ results: z.array(item), next: z.string().nullable(), previous: z.string().nullable() });
export const Empty = z.strictObject({});
