// How far a run is: a bar for people, a line for each step where nobody watches.

const WIDTH = 24;

export interface Bar {
  step(title: string): void;
  end(): void;
}

export const progressBar = (total: number, out: NodeJS.WriteStream = process.stderr): Bar => {
  const began = performance.now();
  let done = -1;
  const show = (title: string) => {
    const filled = Math.round((WIDTH * done) / Math.max(1, total));
    const time = new Date(performance.now() - began).toISOString().slice(14, 19);
    const text = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done} of ${total} · ${time} · ${title}`;
    out.write(out.isTTY ? `\r${text.slice(0, (out.columns || 80) - 1)}\x1b[K` : `${text}\n`);
  };
  return {
    step(title) {
      done++;
      show(title);
    },
    end() {
      done = total;
      show("done");
      if (out.isTTY) out.write("\n");
    },
  };
};
