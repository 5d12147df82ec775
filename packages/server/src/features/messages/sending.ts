// Sending: exactly once by client_id, checked under the log's lock, stored before anybody hears of it. What comes while
// one transaction is under way goes into the next one together.
import { type Draft, type Message, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { type Ask, batched, type Outcome } from "../../kit/batch.ts";
import type { Kit } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import { type Dialect, isAway } from "../../kit/ports.ts";
import { together } from "../../kit/together.ts";
import { meantIn } from "./mentions.ts";
import type { MessageRow } from "./messages.store.ts";
import type { Place, WriteRight } from "./place.ts";
import { checkDraft, repeated } from "./send-checks.ts";
import { type Accepted, writeMessages } from "./send-writes.ts";
import { findByClientId, takeIds } from "./sending.store.ts";
import { WriteRights } from "./write-rights.ts";

export interface Sent {
  message: Message | PrivateMessage;
  epoch: string;
  duplicate: boolean;
}

/** Somebody's words on their way to a place. */
export interface Sending {
  readonly place: Place;
  readonly user: UserCard;
  readonly draft: Draft;
}

/** Throws what the place refuses; `idempotency_conflict`; `bad_request` for a quote or thread that is not here. */
export type Send = (place: Place, user: UserCard, draft: Draft) => Promise<Sent>;

/** What was sent, and what was found out about its author on the way. */
interface Done {
  readonly sent: Sent;
  readonly found?: { readonly log: LogState; readonly right: WriteRight };
}

export const sender = (kit: Kit): Send => {
  const rights = new WriteRights();
  const send = batched<Sending, Done>(kit, {
    // SQLite has one line of writers anyway; on PostgreSQL nobody waits for somebody else's log.
    line: ({ place }) => (kit.db.dialect === "sqlite" ? "all" : String(place.log.id)),
    // A repeated client_id, slow mode and files look at what the same person did before.
    apart: ({ user }) => String(user.id),
    work: (turn, asks) => sendAll(turn, kit.db.dialect, rights, asks),
  });
  return async (place, user, draft) => {
    const { sent, found } = await send({ place, user, draft });
    if (found) rights.keep(found.log, user.id, found.right);
    return sent;
  };
};

/** Refused, answered already, or to be written. */
type Checked = Outcome<Done> | { readonly accepted: Accepted; readonly right: WriteRight };

const sendAll = async (
  turn: Turn,
  dialect: Dialect,
  rights: WriteRights,
  asks: readonly Ask<Sending>[],
): Promise<Outcome<Done>[]> => {
  // The locks go first: what is found out after them stays true until the commit.
  const [logs, ids, earlier, meant] = await together([
    lockAll(turn, asks),
    takeIds(turn.tx, dialect, asks.length),
    findEarlier(turn, asks),
    findMeant(turn, asks),
  ]);
  const checked = await together(
    asks.map((ask, i) =>
      check(turn, rights, ask, {
        id: ids[i] as number,
        log: logs.get(ask.asked.place.log.id) ?? null,
        earlier: earlier.get(ask) ?? null,
        meant: meant.get(ask) ?? [],
      }),
    ),
  );
  const written = await writeMessages(
    turn,
    checked.flatMap((one) => ("accepted" in one ? [one.accepted] : [])),
  );
  let next = 0;
  return checked.map((one) => {
    if (!("accepted" in one)) return one;
    const { accepted, right } = one;
    return { value: { sent: written[next++] as Sent, found: { log: accepted.log, right } } };
  });
};

/** In the order of their ids, so that two nodes never wait for each other; null for a log that is not there. */
const lockAll = async (turn: Turn, asks: readonly Ask<Sending>[]): Promise<Map<number, LogState | null>> => {
  const logs = new Map(asks.map(({ asked: { place } }) => [place.log.id, place.log]));
  const inOrder = [...logs.values()].toSorted((a, b) => a.id - b.id);
  const held = await together(inOrder.map((log) => orRefusal(turn.lock(log))));
  return new Map(held.map((log, i) => [inOrder[i]?.id ?? 0, log instanceof Refusal ? null : log]));
};

/** What each of them was stored as before; nothing for a client_id that is new. */
const findEarlier = async (turn: Turn, asks: readonly Ask<Sending>[]): Promise<Map<Ask<Sending>, MessageRow>> => {
  const tagged = asks.flatMap((ask) => {
    const { user, draft } = ask.asked;
    return draft.client_id === undefined ? [] : [{ ask, sender_id: user.id, client_id: draft.client_id }];
  });
  const found = await findByClientId.each(turn.tx, tagged);
  return new Map(tagged.flatMap(({ ask }, i) => (found[i] ? [[ask, found[i]] as const] : [])));
};

/** Whom each of them mentions. */
const findMeant = async (turn: Turn, asks: readonly Ask<Sending>[]): Promise<Map<Ask<Sending>, number[]>> => {
  const byLog = Map.groupBy(asks, ({ asked: { place } }) => place.log.id);
  const found = await together(
    [...byLog.values()].map(async (some) => {
      const [{ asked }] = some as [Ask<Sending>];
      const texts = some.map((ask) => ask.asked.draft.content);
      const meant = await meantIn(turn.tx, asked.place.log, texts);
      return some.map((ask, i) => [ask, meant[i] ?? []] as const);
    }),
  );
  return new Map(found.flat());
};

/** What was found out about one of them, together with the others. */
interface Known {
  /** For the row, should it be written. */
  readonly id: number;
  readonly log: LogState | null;
  readonly earlier: MessageRow | null;
  readonly meant: readonly number[];
}

const check = async (
  turn: Turn,
  rights: WriteRights,
  { asked, take }: Ask<Sending>,
  { id, log, earlier, meant }: Known,
): Promise<Checked> => {
  const { place, user, draft } = asked;
  const checking = async (): Promise<Checked> => {
    if (!log) throw new Refusal("not_found");
    // A refusal is kept for a moment: somebody who asks for what they sent before is answered first.
    const right = rights.find(log, user.id) ?? (await orRefusal(place.write(turn, user)));
    if (earlier) return { value: { sent: await repeated(turn, log, earlier, draft, right) } };
    if (right instanceof Refusal) throw right;
    const named = await checkDraft(turn, take, log, user, draft, right);
    return { accepted: { ...asked, ...named, id, log, meant }, right };
  };
  const found = await orRefusal(checking());
  return found instanceof Refusal ? { refusal: found } : found;
};

const orRefusal = <T>(promise: Promise<T>): Promise<T | Refusal> =>
  promise.catch((error: unknown) => {
    if (error instanceof Refusal && !isAway(error)) return error;
    throw error;
  });
