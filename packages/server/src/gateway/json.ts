// JSON from outside: bounded in depth before it is parsed, and told apart from what is no JSON.
import { Refusal } from "@homeroom/protocol";
import type { z } from "zod";

const MOST_DEPTH = 20;

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > MOST_DEPTH) return true;
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return false;
};

/** Throws `bad_request`. */
export const parseJson = (text: string): unknown => {
  if (isTooDeep(text)) throw new Refusal("bad_request", { detail: `Nested more than ${MOST_DEPTH} levels deep.` });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal("bad_request", { detail: "This is not JSON." });
  }
};

/** Which field is wrong and why, as sentences. What is wrong as a whole stands under "request". */
export const fieldsOf = (error: z.ZodError): Record<string, string[]> => {
  // Names come from outside: on a plain object "constructor" and "__proto__" are there already.
  const fields = new Map<string, string[]>();
  const add = (name: string, sentence: string) => fields.set(name, [...(fields.get(name) ?? []), sentence]);
  for (const issue of error.issues.slice(0, 50)) {
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) add(key.slice(0, 100), "Unknown field.");
    else add(String(issue.path[0] ?? "request"), sentenceOf(issue.message));
  }
  return Object.fromEntries(fields);
};

const sentenceOf = (message: string) => (message.endsWith(".") ? message : `${message}.`);

/** Throws `bad_request` with `fields`. */
export const parseWith = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal("bad_request", { fields: fieldsOf(parsed.error) });
};
