// What the message list shows, row by row: messages in groups, and between them days, the "new" line, comings and goings.
import type { Attachment, Message } from "@homeroom/protocol";
import { dayKey } from "../../ui/time.ts";
import type { SystemLineProps } from "./log-lines.tsx";
import type { Pending } from "./messages.state.ts";
import type { Item, MessageItem } from "./timeline.state.ts";

/** What I have written and the server has not confirmed: drawn like a message, without an id. */
export interface UnsentMessage {
  id: null;
  client_id: string;
  sender: Message["sender"];
  content: string;
  reply_preview: Message["reply_preview"];
  attachments: readonly Attachment[];
  created_at: string;
  edited_at: null;
  deleted: false;
  entry: Pending;
}
export type ListedMessage = MessageItem | UnsentMessage;

export type Row =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "system"; key: string; line: SystemLineProps }
  | { kind: "message"; key: string; message: ListedMessage; first: boolean; afterNewLine: boolean };

export interface RowsInput {
  items: readonly Item[];
  unsent: readonly UnsentMessage[];
  meId: number;
  /** The "new" line stands before the first message of others above this seq. */
  newAfter: number | null;
  /** An instant of the day that stands above the rows already: it is not said again. */
  from?: string | undefined;
}

/** Messages of one author within this time, with nothing between them, are one group. */
const GROUP_MS = 5 * 60_000;
/** Comings and goings within this time fold into one line. */
const FOLD_MS = 60 * 60_000;
const FOLDED = 12;

/** The same before and after the server's confirmation, so that the row stays where it is. */
const keyOf = (message: ListedMessage, meId: number): string =>
  message.sender.id === meId && message.client_id ? `c${message.client_id}` : `m${String(message.id)}`;

const lineKind = (item: Exclude<Item, MessageItem>): SystemLineProps["kind"] => {
  if (item.kind === "room_updated") return "updated";
  if (item.kind === "user_joined") return "joined";
  return item.kicked ? "removed" : "left";
};

const isGrouped = (before: ListedMessage | null, message: ListedMessage): boolean =>
  before !== null &&
  before.sender.id === message.sender.id &&
  message.reply_preview === null &&
  Date.parse(message.created_at) - Date.parse(before.created_at) < GROUP_MS;

export function rowsOf({ items, unsent, meId, newAfter, from }: RowsInput): Row[] {
  const rows: Row[] = [];
  let day = from === undefined ? "" : dayKey(from);
  let before: ListedMessage | null = null;
  let line: { row: Extract<Row, { kind: "system" }>; at: number } | null = null;
  let isNewOpen = newAfter !== null;

  const startDay = (at: string) => {
    const next = dayKey(at);
    if (next === day) return;
    day = next;
    rows.push({ kind: "day", key: `d${next}`, at });
    before = line = null;
  };

  const addLine = (item: Exclude<Item, MessageItem>) => {
    const kind = lineKind(item);
    const at = Date.parse(item.created_at);
    const name = "user" in item ? item.user.display_name : null;
    before = null;
    const last = line?.row.line;
    const isFolded = line !== null && last?.kind === kind && at - line.at < FOLD_MS && last.names.length < FOLDED;
    if (isFolded && line && last) {
      if (name !== null && !last.names.includes(name)) line.row.line = { kind, names: [...last.names, name] };
      return;
    }
    const row = { kind: "system" as const, key: `s${item.seq}`, line: { kind, names: name === null ? [] : [name] } };
    line = { row, at };
    rows.push(row);
  };

  const addMessage = (message: ListedMessage) => {
    const isNew = isNewOpen && message.id !== null && message.seq > (newAfter ?? 0) && message.sender.id !== meId;
    if (isNew) {
      rows.push({ kind: "new", key: "new" });
      isNewOpen = false;
      before = null;
    }
    const first = !isGrouped(before, message);
    rows.push({ kind: "message", key: keyOf(message, meId), message, first, afterNewLine: isNew });
    before = message;
    line = null;
  };

  for (const item of items) {
    startDay(item.created_at);
    if (item.kind === "message") addMessage(item);
    else addLine(item);
  }
  for (const message of unsent) {
    // A clock that is behind the server's must not make a day of its own.
    if (rows.length === 0 || dayKey(message.created_at) > day) startDay(message.created_at);
    addMessage(message);
  }
  return rows;
}

/** How many messages of others stand below a seq: what the pill counts. */
export const countNewer = (items: readonly Item[], seq: number, meId: number): number =>
  items.filter((item) => item.kind === "message" && item.seq > seq && item.sender.id !== meId && !item.deleted).length;

/** Without a known read mark: the seq under which everything is read, counted back from the end. */
export function markByCount(items: readonly Item[], unread: number, meId: number): number {
  let left = unread;
  for (const item of items.toReversed()) {
    if (left === 0) return item.seq;
    if (item.kind === "message" && item.sender.id !== meId && !item.deleted) left -= 1;
  }
  return 0;
}
