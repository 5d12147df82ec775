// Where messages stand: a room or a private thread. What differs between the two, in one interface.
import type { DurableBody, Turn } from "../../kit/action.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Message, PrivateMessage, UserCard } from "@homeroom/protocol";
import type { Db } from "../../kit/tables.ts";

/** What somebody who was found to be allowed to write may do here. */
export interface WriteRight {
  /** May delete what others wrote. */
  moderates: boolean;
  /** Milliseconds between two of their messages; 0 for none. */
  slowMs: number;
}

export interface Place {
  readonly log: LogRef;
  /** Throws where the user may not read here. */
  read(db: Db, user: UserCard): Promise<void>;
  /** Throws where the user may not write here now. The turn holds the log. */
  write(turn: Turn, user: UserCard): Promise<WriteRight>;
  /** The event that tells of a new message. */
  sent(message: Message | PrivateMessage): DurableBody;
}
