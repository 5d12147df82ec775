// @user.name in a room's message: who is meant by it.
import type { Turn } from "../../kit/action.ts";
import type { LogRef } from "../../kit/ports.ts";
import { foldName } from "../accounts/accounts.ts";
import type { MessageRow } from "./messages.store.ts";
import { membersNamed, replaceMentions } from "./read-marks.store.ts";

const MOST_NAMES = 50;
// Linear: one class, bounded, no alternatives.
const NAME = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}._-]{2,40})/gu;

const namesIn = (content: string): string[] => {
  const names = new Set<string>();
  for (const [, name = ""] of content.matchAll(NAME)) {
    // A full stop after a name ends the sentence.
    names.add(foldName(name)).add(foldName(name.replace(/[.-]+$/, "")));
    if (names.size >= MOST_NAMES) break;
  }
  return [...names];
};

/** Remembers who is mentioned; after an edit, who is mentioned now. */
export const noteMentions = async (turn: Turn, log: LogRef, row: MessageRow, edited = false): Promise<void> => {
  const names = log.kind === "room" && row.content.includes("@") ? namesIn(row.content) : [];
  if (names.length === 0 && !edited) return;
  const meant = names.length > 0 ? await membersNamed(turn.tx, log.id, names) : [];
  const others = meant.filter((id) => id !== row.sender_id);
  await replaceMentions(
    turn.tx,
    row.id,
    others.map((user_id) => ({ message_id: row.id, user_id, log_id: log.id, seq: row.seq })),
  );
};
