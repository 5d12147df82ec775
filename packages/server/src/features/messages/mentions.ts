// @user.name in a room's message: who is meant by it.
import type { Turn } from "../../kit/action.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { foldName } from "../accounts/accounts.ts";
import type { MessageRow } from "./messages.store.ts";
import { forgetMentions, insertMentions, membersNamed } from "./read-marks.store.ts";

const MOST_NAMES = 50;
// Linear: one class, bounded, no alternatives.
const NAME = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}._-]{2,40})/gu;

const namesIn = (content: string): ReadonlySet<string> => {
  const names = new Set<string>();
  if (!content.includes("@")) return names;
  for (const [, name = ""] of content.matchAll(NAME)) {
    // A full stop after a name ends the sentence.
    names.add(foldName(name)).add(foldName(name.replace(/[.-]+$/, "")));
    if (names.size >= MOST_NAMES) break;
  }
  return names;
};

/** Which members of the room each text means, by their ids; nobody in a private thread. One query at most. */
export const meantIn = async (db: Db, log: LogRef, texts: readonly string[]): Promise<number[][]> => {
  const named = log.kind === "room" ? texts.map(namesIn) : [];
  const all = new Set(named.flatMap((names) => [...names]));
  if (all.size === 0) return texts.map(() => []);
  const members = await membersNamed(db, log.id, [...all]);
  return named.map((names) => members.filter(({ username_key }) => names.has(username_key)).map(({ id }) => id));
};

/** Remembers who is mentioned, the author aside. */
export const noteMentions = async (tx: Db, row: MessageRow, meant: readonly number[]): Promise<void> => {
  const others = meant.filter((id) => id !== row.sender_id);
  if (others.length === 0) return;
  await insertMentions(
    tx,
    others.map((user_id) => ({ message_id: row.id, user_id, log_id: row.log_id, seq: row.seq })),
  );
};

/** After an edit: who is mentioned now. */
export const renewMentions = async (turn: Turn, log: LogRef, row: MessageRow): Promise<void> => {
  const [meant = []] = await meantIn(turn.tx, log, [row.content]);
  await forgetMentions(turn.tx, row.id);
  await noteMentions(turn.tx, row, meant);
};
