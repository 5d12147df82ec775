// One line that tells how far long work is, for people; programs that read our output are told nothing.

export interface Progress {
  show(done: number): void;
  end(): void;
}

const STEP_MS = 100;

export const progress = (what: string, total: number, out: NodeJS.WriteStream = process.stderr): Progress => {
  let next = 0;
  const line = (done: number) =>
    out.write(`\r${what}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}\x1b[K`);
  if (!out.isTTY || total === 0) return { show: () => undefined, end: () => undefined };
  return {
    show: (done) => {
      if (Date.now() < next) return;
      next = Date.now() + STEP_MS;
      line(done);
    },
    end: () => {
      line(total);
      out.write("\n");
    },
  };
};
