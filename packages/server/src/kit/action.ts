// One action: authorise, write, append to the log, commit, and only then announce. The only way to change anything.
import { type DurableFrame, Refusal, type ServerFrame } from "@homeroom/protocol";
import type { SignedCall } from "./call.ts";
import { findAnswer, keepAnswer } from "./idempotency.store.ts";
import type { Kit } from "./kit.ts";
import { appendEvents, lockLog, type LogState, type NewEvent } from "./log.ts";
import { type Budget, type Effect, logField, type LogRef } from "./ports.ts";
import type { Db } from "./tables.ts";

/** A durable frame without what the log adds to it. */
type Body<F> = F extends DurableFrame ? Omit<F, "seq" | "room" | "thread"> : never;
export type DurableBody = Body<DurableFrame>;

/** What the row keeps beside its type, and what must reach the sockets before the event itself does. */
export interface EventOptions extends Omit<NewEvent, "type"> {
  before?: (seq: number) => Effect;
}

export interface Turn {
  readonly tx: Db;
  /** The instant of the whole action, ms. */
  readonly now: number;
  /** Holds the log to the end of the action; 404 where there is none. Do this before asking who may what. */
  lock(log: LogRef): Promise<LogState>;
  /** Appends one event and remembers its frame for after the commit. Answers its seq. */
  append(log: LogState, body: DurableBody, row?: EventOptions): Promise<number>;
  /** Several of them, in the order given. Answers the first one's seq. */
  appendAll(log: LogState, events: readonly { body: DurableBody; row?: EventOptions }[]): Promise<number>;
  /** Takes from rate budgets, once however often the action has to be tried. Throws `rate_limited`. */
  take(...budgets: readonly Budget[]): void;
  /** Something for the sockets, after the commit, in the order of the calls. */
  effect(effect: Effect): void;
  tell(userIds: readonly number[], frame: ServerFrame, log?: LogRef): void;
}

/** The frame of an event, from its place in the log and what happened. */
export const durableFrame = (log: LogRef, seq: number, body: DurableBody): DurableFrame => ({
  ...body,
  ...logField(log),
  seq,
});

/** Takes each budget once, however often it is asked to. */
export const takeOnce = (kit: Kit): Turn["take"] => {
  const taken = new Set<string>();
  return (...budgets) => {
    const due = budgets.filter((budget) => !taken.has(budget.join(" ")));
    if (due.length === 0) return;
    kit.throttle.take(...due);
    for (const budget of due) taken.add(budget.join(" "));
  };
};

export const act = async <T>(kit: Kit, work: (turn: Turn) => Promise<T>): Promise<T> => {
  const take = takeOnce(kit);
  for (let attempt = 1; ; attempt++) {
    const effects: Effect[] = [];
    try {
      const result = await kit.db.write((tx) => work(turnOf(kit, tx, effects, take)));
      kit.fanout.publish(effects);
      return result;
    } catch (error) {
      if (attempt >= 3 || !kit.db.isConflict(error)) throw error;
    }
  }
};

const turnOf = (kit: Kit, tx: Db, effects: Effect[], take: Turn["take"]): Turn => {
  const now = kit.clock.now();
  const effect = (e: Effect) => void effects.push(e);
  const appendAll: Turn["appendAll"] = async (log, events) => {
    const rows = events.map(({ body, row: { before: _before, ...row } = {} }) => ({ type: body.type, ...row }));
    const first = await appendEvents(tx, log, rows, now);
    for (const [i, { body, row }] of events.entries()) {
      const seq = first + i;
      if (row?.before) effect(row.before(seq));
      effect({ do: "deliver", log, seq, frame: durableFrame(log, seq, body) });
    }
    return first;
  };
  return {
    tx,
    now,
    take,
    effect,
    appendAll,
    lock: async (log) => {
      const state = await lockLog(tx, log);
      if (!state) throw new Refusal("not_found");
      return state;
    },
    append: (log, body, row) => appendAll(log, [{ body, ...(row && { row }) }]),
    tell: (userIds, frame, log) => effect({ do: "tell", userIds, frame, ...(log && { log }) }),
  };
};

/**
 * An action that creates something and may be asked twice: the same key and body gives the first answer again.
 * The key is stored in the action's own transaction, so that there is never one without the other.
 */
export const actOnce = async <A extends { status: number; body: unknown }>(
  kit: Kit,
  call: SignedCall,
  work: (turn: Turn) => Promise<A>,
): Promise<A> => {
  const asked = call.idempotency;
  if (!asked) return act(kit, work);
  const key = { user_id: call.caller.user.id, key: asked.key };
  const firstAnswer = async (db: Db): Promise<A | undefined> => {
    const first = await findAnswer(db, key);
    if (first && first.digest !== asked.digest) throw new Refusal("idempotency_conflict");
    return first && (JSON.parse(first.answer) as A);
  };
  try {
    return await act(kit, async (turn) => {
      const first = await firstAnswer(turn.tx);
      if (first) return first;
      const answer = await work(turn);
      await keepAnswer(turn.tx, { ...key, digest: asked.digest, answer: JSON.stringify(answer), created_at: turn.now });
      return answer;
    });
  } catch (error) {
    // Of two at once, the later may be refused for what the first one did while this one stood at the lock.
    const first = error instanceof Refusal ? await firstAnswer(kit.db.read) : undefined;
    if (first) return first;
    throw error;
  }
};
