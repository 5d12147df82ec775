// Actions of one kind, carried out together: what is asked while one transaction is under way is the next one. Nobody is
// held back to gather more; under load the commits grow, not the line. Questions, of which nothing can have come, are
// gathered more simply (gather.ts).
import { Refusal } from "@homeroom/protocol";
import { act, takeOnce, type Turn } from "./action.ts";
import type { Kit } from "./kit.ts";
import { isAway } from "./ports.ts";

/** A bound on what one failed commit takes with it, and on how long the event loop is kept. */
const MOST_TOGETHER = 128;
/** So many may stand in one line; more are refused before anything of theirs is stored. */
const MOST_IN_LINE = 10_000;

/** One of those that are carried out together, with its own rate budgets: each is taken once, however often it is tried. */
export interface Ask<A> {
  readonly asked: A;
  readonly take: Turn["take"];
}

/** What became of one of them. A refusal stops nobody else. */
export type Outcome<R> = { readonly value: R } | { readonly refusal: Refusal };

export interface Batch<A, R> {
  /** Those in one line are carried out together, and one after the other with what came before. */
  line(asked: A): string;
  /** No two with the same key go into one transaction: what the later one finds depends on the earlier one. */
  apart(asked: A): string;
  /**
   * Answers an outcome for each, in the order given. What it throws undoes all of them, and each is then tried alone,
   * so that nobody is refused for somebody else's sake; but not where the database is away.
   */
  work(turn: Turn, asks: readonly Ask<A>[]): Promise<Outcome<R>[]>;
}

interface Waiting<A, R> extends Ask<A> {
  readonly apart: string;
  resolve(value: R): void;
  reject(error: unknown): void;
}

/** Answers how to ask for one. Rejects with its refusal, or as `act` does. */
export const batched = <A, R>(kit: Kit, batch: Batch<A, R>): ((asked: A) => Promise<R>) => {
  const lines = new Map<string, Waiting<A, R>[]>();

  const carryOut = async (some: readonly Waiting<A, R>[]): Promise<void> => {
    try {
      const outcomes = await act(kit, (turn) => batch.work(turn, some));
      for (const [i, one] of some.entries()) {
        const outcome = outcomes[i] as Outcome<R>;
        if ("value" in outcome) one.resolve(outcome.value);
        else one.reject(outcome.refusal);
      }
    } catch (error) {
      if (some.length > 1 && !isAway(error)) for (const one of some) await carryOut([one]);
      else for (const one of some) one.reject(error);
    }
  };

  const work = async (key: string, line: Waiting<A, R>[]): Promise<void> => {
    while (line.length > 0) await carryOut(nextOf(line));
    lines.delete(key);
  };

  return (asked) =>
    new Promise<R>((resolve, reject) => {
      const one = { asked, apart: batch.apart(asked), take: takeOnce(kit), resolve, reject };
      const key = batch.line(asked);
      const line = lines.get(key);
      if (line && line.length >= MOST_IN_LINE) return reject(new Refusal("unavailable", { retry_after_ms: 1_000 }));
      if (line) return void line.push(one);
      const begun = [one];
      lines.set(key, begun);
      void work(key, begun);
    });
};

/** Takes out of the line, in its order, those that may go together. */
const nextOf = <A, R>(line: Waiting<A, R>[]): Waiting<A, R>[] => {
  const keys = new Set<string>();
  const some: Waiting<A, R>[] = [];
  const rest: Waiting<A, R>[] = [];
  for (const one of line) {
    if (some.length < MOST_TOGETHER && !keys.has(one.apart)) some.push(one);
    else rest.push(one);
    keys.add(one.apart);
  }
  line.splice(0, line.length, ...rest);
  return some;
};
