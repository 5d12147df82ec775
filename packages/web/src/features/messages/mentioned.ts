// "@user.name" in a text: who is meant by it, as the reader knows them. Pure.

/** Null for who is not in this room. */
export type MentionOf = (userName: string) => { name: string; mine: boolean } | null;

export interface Mentioned {
  readonly name: string;
  readonly mine: boolean;
  /** What they were called by, and what stands behind it: a full stop after a name ends the sentence. */
  readonly userName: string;
  readonly rest: string;
}

export function mentioned(text: string, mentionOf: MentionOf | undefined): Mentioned | null {
  const short = text.replace(/[.-]+$/, "");
  for (const userName of new Set([text, short])) {
    const found = mentionOf?.(userName);
    if (found) return { ...found, userName, rest: text.slice(userName.length) };
  }
  return null;
}
