// Many questions of one kind as one: those of one turn of the event loop are asked together, and so are those that come
// while an answer is on its way. When a whole school comes back at once, this is what keeps it from asking ten
// thousand times. Actions, where one that fails must take nobody with it, are carried out together by batch.ts.

/** A bound on how much hangs on one query, and on how long its answers hold the event loop. */
const MOST_TOGETHER = 256;

interface Question<K, V> {
  key: K;
  resolve(value: V): void;
  reject(error: unknown): void;
}

/**
 * `load` answers a list of keys, in their order. One list is on its way at a time, and whoever asks meanwhile is in the
 * next one: so what anybody is told was read after they had asked, as if they had asked alone. A failure is told to all
 * of its list.
 */
export const gather = <K, V>(load: (keys: readonly K[]) => Promise<readonly V[]>): ((key: K) => Promise<V>) => {
  const waiting: Question<K, V>[] = [];
  let isAsking = false;
  const ask = async (questions: readonly Question<K, V>[]) => {
    try {
      const answers = await load(questions.map(({ key }) => key));
      for (const [i, question] of questions.entries()) question.resolve(answers[i] as V);
    } catch (error) {
      for (const question of questions) question.reject(error);
    }
  };
  const askAll = async () => {
    while (waiting.length > 0) await ask(waiting.splice(0, MOST_TOGETHER));
    isAsking = false;
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (isAsking) return;
      isAsking = true;
      // At the end of this turn, when every socket that had something to say was read.
      setImmediate(() => void askAll());
    });
};
