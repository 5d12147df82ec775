// One row of a list of messages: what it is drawn as, and how high that is until it is measured.
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { DayDivider, MessageSkeletons, NewLine, SystemLine } from "./log-lines.tsx";
import type { SendState } from "./message-parts.tsx";
import { type MessageHandlers, type MessageReader, MessageRow } from "./message-row.tsx";
import type { ListedMessage, Row } from "./rows.ts";

const words = { failed: "Older messages did not arrive.", retry: "Try again" };

/** Pixels. */
export const ROW_ESTIMATES = { older: 220, head: 120, day: 52, new: 40, system: 36, message: 56 };

export type ListRow = Row | { kind: "older"; key: "older" } | { kind: "head"; key: "head" };

export interface Allowed {
  canReply: boolean;
  canEdit: boolean;
  canDelete: boolean;
  mentionsMe: boolean;
  canReact?: boolean;
  canThread?: boolean;
  canPrivate?: boolean;
  canPin?: boolean;
  deletedBy?: string;
  /** A role in the room, for students ("Cohost"). */
  chip?: string;
}

export interface Bubbles {
  me: number;
  /** What stands under one. @param last it ends its group */
  footOf: (message: ListedMessage, last: boolean) => string | null;
}

/** What all rows of a list have in common. */
export interface RowsProps {
  /** Stands above the first message there is: what a thread's replies answer. */
  head?: ReactNode;
  olderFailed: boolean;
  handlers: MessageHandlers<ListedMessage>;
  allowed: (message: ListedMessage) => Allowed;
  sendState: (message: ListedMessage) => SendState | undefined;
  flashId: number | null;
  /** Without it there are no reactions, and no mentions are marked. */
  reader?: MessageReader;
  /** The root of the thread that is open beside the list. */
  openId?: number | null;
  /** The message whose picker of reactions is open. */
  heldId?: number | null;
  /** A conversation of two is drawn as bubbles. One stable object. */
  bubbles?: Bubbles | undefined;
  /** Draws the files of a message. One stable function. */
  filesOf?: ((message: ListedMessage) => ReactNode) | undefined;
  onOlder: () => void;
}

function bubbleOf(bubbles: Bubbles | undefined, message: ListedMessage, next: ListRow | undefined) {
  if (!bubbles) return null;
  const last = next?.kind !== "message" || next.first;
  const bubble = message.sender.id === bubbles.me ? ("own" as const) : ("other" as const);
  return { bubble, last, foot: bubbles.footOf(message, last) };
}

/** @param props.next the row below it, which says whether a group goes on */
export function ListRowView({ row, next, list }: { row: ListRow; next: ListRow | undefined; list: RowsProps }) {
  switch (row.kind) {
    case "older":
      return list.olderFailed ? (
        <div className="hr-sys">
          {words.failed}{" "}
          <Button variant="link" onClick={list.onOlder}>
            {words.retry}
          </Button>
        </div>
      ) : (
        <MessageSkeletons after={0} />
      );
    case "head":
      return list.head;
    case "day":
      return <DayDivider at={row.at} />;
    case "new":
      return <NewLine />;
    case "system":
      return <SystemLine {...row.line} />;
    case "message": {
      const { message, first, afterNewLine } = row;
      return (
        <MessageRow
          message={message}
          first={first}
          afterNewLine={afterNewLine}
          handlers={list.handlers}
          {...list.allowed(message)}
          {...bubbleOf(list.bubbles, message, next)}
          send={list.sendState(message)}
          reader={list.reader}
          filesOf={list.filesOf}
          open={message.id !== null && message.id === list.openId}
          held={message.id !== null && message.id === list.heldId}
          flash={message.id !== null && message.id === list.flashId}
        />
      );
    }
  }
}
