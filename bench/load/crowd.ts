// Many clients that come at once, as many handshakes under way as a server's queue of newcomers takes.
import type { Target } from "../jobs.ts";
import { Client, type ClientEvents } from "./client.ts";

/** Node lets 511 wait; whoever comes when the queue is full is asked by the kernel to try again after a second. */
const AT_ONCE = 400;
const PATIENCE_MS = 60_000;

/** Resolves when each is up or refused, or when patience ends. */
export const bringUp = (
  target: Target,
  paths: readonly string[],
  events: ClientEvents,
  patienceMs = PATIENCE_MS,
): Promise<Client[]> =>
  new Promise((resolve) => {
    const clients: Client[] = [];
    const waiting = new Set<Client>();
    const timer = setTimeout(() => resolve(clients), patienceMs);
    const next = () => {
      while (waiting.size < AT_ONCE && clients.length < paths.length) {
        const client = new Client(target, paths[clients.length] ?? "", clients.length, { ...events, onUp, onDown });
        waiting.add(client);
        clients.push(client);
      }
      if (waiting.size > 0 || clients.length < paths.length) return;
      clearTimeout(timer);
      resolve(clients);
    };
    const settled = (client: Client) => waiting.delete(client) && next();
    const onUp = (client: Client, hello: string) => {
      events.onUp(client, hello);
      settled(client);
    };
    const onDown = (client: Client) => {
      events.onDown?.(client);
      settled(client);
    };
    next();
  });
