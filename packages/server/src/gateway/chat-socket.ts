// A socket of ws, with what is ours of it beside it: so one listener of a kind does for all sockets, and none of 10,000
// holds on to the surroundings in which it was made.
import { WebSocket } from "ws";
import type { Connection } from "./connection.ts";

export class ChatSocket extends WebSocket {
  /** Where it comes from. */
  address = "";
  /** Once it is known whose it is. */
  connection: Connection | null = null;
}

/** As its listeners know it: to them, ws's types promise no more than its own class. */
export type Listened = WebSocket & Partial<Pick<ChatSocket, "address" | "connection">>;

/** A listener for any number of sockets. */
export const ofItsConnection = <Args extends unknown[]>(
  listen: (connection: Connection, ...args: Args) => void,
): ((this: Listened, ...args: Args) => void) =>
  function (...args) {
    if (this.connection) listen(this.connection, ...args);
  };
