// A network that can be broken on purpose: a TCP proxy before a server, which holds answers back, cuts and refuses.
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";

export interface Proxy {
  /** What a window opens instead of the server's own address. */
  readonly url: string;
  /** Cuts every connection and refuses new ones, until `mend`. */
  cut(): void;
  mend(): void;
  /** Cuts every connection; new ones pass. */
  drop(): void;
  /** Keeps back one direction, of old and new connections, until `release`; nothing is lost. */
  hold(direction: "answers" | "questions"): void;
  release(): void;
  /** The connections of this moment fall silent for ever, and nobody is told; new ones pass. */
  freeze(): void;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
  isFrozen: boolean;
}

const destroy = ({ client, server }: Pair) => {
  client.resetAndDestroy();
  server.resetAndDestroy();
};

/** @param target the server's URL */
export const openProxy = async (target: string): Promise<Proxy> => {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let isCut = false;
  const held = { answers: false, questions: false };

  const settle = ({ client, server, isFrozen }: Pair) => {
    for (const [from, isHeld] of [
      [server, held.answers],
      [client, held.questions],
    ] as const) {
      if (isFrozen || isHeld) from.pause();
      else from.resume();
    }
  };
  const settleAll = () => pairs.forEach(settle);
  const dropAll = () => pairs.forEach(destroy);

  const listener: Server = createServer({ pauseOnConnect: true }, (client) => {
    if (isCut) return void client.resetAndDestroy();
    const pair: Pair = { client, server: connect(Number(port), hostname), isFrozen: false };
    pairs.add(pair);
    join(pair, () => pairs.delete(pair));
    settle(pair);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      dropAll();
    },
    mend: () => {
      isCut = false;
    },
    drop: dropAll,
    hold(direction) {
      held[direction] = true;
      settleAll();
    },
    release() {
      held.answers = held.questions = false;
      settleAll();
    },
    freeze() {
      for (const pair of pairs) pair.isFrozen = true;
      settleAll();
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        dropAll();
      }),
  };
};

/** Carries bytes both ways. Not `pipe`, which resumes a paused socket when the other one drains. */
function join(pair: Pair, gone: () => void): void {
  const { client, server } = pair;
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on("data", (bytes) => to.write(bytes));
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => {
      to.destroy();
      gone();
    });
  }
}
