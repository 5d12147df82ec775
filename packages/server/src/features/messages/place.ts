// Where messages stand: a room or a private thread. What differs between the two, in one interface.
import type { DurableBody, Turn } from "../../kit/action.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Message, PrivateMessage, UserCard } from "@homeroom/protocol";
import type { Db } from "../../kit/tables.ts";
import type { FilesAllowed } from "../attachments/attachments.ts";

/** What somebody who was found to be allowed to write may do here. */
export interface WriteRight {
  /** Milliseconds between two of their messages; 0 for none. */
  slowMs: number;
  /** The room whose messages may be quoted here as well as those of the place itself. */
  quotesFrom?: number | null;
  /** What may be sent with a message. */
  files: FilesAllowed;
  /** Whether this stands for as long as the `rightsSeq` of the place's own log does. */
  lasting: boolean;
}

export interface Place {
  readonly log: LogRef;
  /** Throws where the user may not read here. Answers whether they may delete what others wrote. */
  read(db: Db, user: UserCard): Promise<{ moderates: boolean }>;
  /** Throws where the user may not write here now; a mute does not stop who takes words back. The turn holds the log. */
  write(turn: Turn, user: UserCard, options?: { evenMuted: boolean }): Promise<WriteRight>;
  /** The event that tells of a new message. */
  sent(message: Message | PrivateMessage): DurableBody;
}
