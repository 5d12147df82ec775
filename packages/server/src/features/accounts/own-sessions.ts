// Where somebody is signed in, and how they sign out there from here.
import { createHash } from "node:crypto";
import { operations, Refusal, type Session } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import { instant } from "../../kit/kit.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import type { SessionsTable } from "../../kit/tables.ts";
import type { Context, Part } from "./context.ts";
import { endSession, endSessionsOf, sessionsOf } from "./sessions.store.ts";

/**
 * The number by which a session goes on the wire. Its own id stands in its tokens and is nobody's to see; this one is
 * made from it, one-way. 48 bits tell the few sessions of one person apart.
 */
const numberOf = ({ id }: SessionsTable): number =>
  createHash("sha256").update(`session|${id}`).digest().readUIntBE(0, 6) || 1;

const toSession = (row: SessionsTable, current: string): Session => ({
  id: numberOf(row),
  created_at: instant(row.created_at),
  last_seen_at: instant(row.last_seen_at),
  user_agent: row.user_agent,
  current: row.id === current,
});

const announce = (turn: Turn, sessionIds: string[]): void => turn.effect({ do: "end-sessions", sessionIds });

export const ownSessionsPart = ({ kit }: Context): Part<"listSessions" | "endOtherSessions" | "endSession"> => ({
  listSessions: async ({ query }, { caller }) => {
    const all = await sessionsOf(kit.db.read, caller.user.id, kit.clock.now());
    const { rows, offset } = pageWindow(query);
    const page = pageOf(all.slice(offset, offset + rows), { path: operations.listSessions.path, query });
    return { status: 200, body: { ...page, results: page.results.map((row) => toSession(row, caller.session)) } };
  },

  endOtherSessions: (_input, { caller }) =>
    act(kit, async (turn) => {
      announce(turn, await endSessionsOf(turn.tx, caller.user.id, turn.now, caller.session));
      return { status: 200, body: {} };
    }),

  endSession: ({ params }, { caller }) =>
    act(kit, async (turn) => {
      const mine = await sessionsOf(turn.tx, caller.user.id, turn.now);
      const asked = mine.find((row) => numberOf(row) === params.id);
      if (!asked) throw new Refusal("not_found");
      announce(turn, await endSession(turn.tx, asked.id, turn.now));
      return { status: 204, body: undefined };
    }),
});
