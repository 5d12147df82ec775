// One socket of a test: what came over it, each frame checked by the contract, and ways to wait for more.
import { type ServerFrame, serverFrameByType } from "@homeroom/protocol";
import { WebSocket } from "ws";
import { z } from "zod";

export interface Closed {
  code: number;
  reason: string;
}

export interface Wire {
  readonly ws: WebSocket;
  /** Everything that came so far. */
  readonly frames: readonly ServerFrame[];
  /** Resolves when the socket is closed. */
  readonly closed: Promise<Closed>;
  send(frame: unknown): void;
  sendRaw(data: string | Buffer): void;
  /** The first frame from index `from` on that passes, now or later; rejects when the socket closes before. */
  next(passes: (frame: ServerFrame) => boolean, from?: number): Promise<ServerFrame>;
  /**
   * Frames are answered in order: when the answer to a last `ping` is there, so are those to all before it.
   * Resolves with what came since `from`, without presence and pongs.
   */
  answers(from?: number): Promise<ServerFrame[]>;
  end(): Promise<Closed>;
}

export interface WireOptions {
  headers?: Record<string, string>;
  origin?: string;
}

let refs = 0;

/** Opens a socket and resolves once it says hello or closes, whichever is first. */
export const openWire = async (url: string, path: string, options: WireOptions = {}): Promise<Wire> => {
  const wire = wireOf(new WebSocket(url.replace(/^http/, "ws") + path, options));
  await Promise.race([wire.next(({ type }) => type === "hello").catch(() => undefined), wire.closed]);
  return wire;
};

/** The status with which an upgrade was refused; 101 where it was not. */
export const upgradeStatus = (url: string, path: string, options: WireOptions = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const ws = new WebSocket(url.replace(/^http/, "ws") + path, options);
    ws.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    ws.once("open", () => {
      ws.terminate();
      resolve(101);
    });
    ws.once("error", reject);
  });

const wireOf = (ws: WebSocket): Wire => {
  const frames: ServerFrame[] = [];
  const waiting = new Set<() => void>();
  let wrong: Error | null = null;
  let gone: Closed | null = null;
  const wake = () => [...waiting].forEach((look) => look());
  ws.on("message", (data: Buffer, isBinary: boolean) => {
    try {
      if (isBinary) throw new Error("a binary frame came");
      frames.push(checked(data.toString("utf8")));
    } catch (error) {
      wrong ??= error as Error;
    }
    wake();
  });
  ws.on("error", () => undefined);
  const closed = new Promise<Closed>((resolve) => {
    ws.once("close", (code, reason) => {
      gone = { code, reason: reason.toString("utf8") };
      resolve(gone);
      wake();
    });
  });
  const next: Wire["next"] = (passes, from = 0) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = frames.slice(from).find(passes);
        if (!wrong && !found && !gone) return;
        waiting.delete(look);
        if (wrong) reject(wrong);
        else if (found) resolve(found);
        else reject(new Error(`closed with ${gone?.code} ${gone?.reason} after ${JSON.stringify(frames.slice(from))}`));
      };
      waiting.add(look);
      look();
    });
  const send = (frame: unknown) => ws.send(JSON.stringify(frame));
  return {
    ws,
    frames,
    closed,
    send,
    sendRaw: (data) => ws.send(data),
    next,
    answers: async (from = frames.length) => {
      const ref = `ping-${++refs}`;
      send({ type: "ping", ref });
      await next((f) => f.type === "pong" && f.ref === ref, from);
      return frames.slice(from).filter(({ type }) => type !== "pong" && type !== "presence");
    },
    end: () => {
      ws.close();
      return closed;
    },
  };
};

const checked = (text: string): ServerFrame => {
  const value = JSON.parse(text) as { type: string };
  const schema = serverFrameByType.get(value.type);
  if (!schema) throw new Error(`a frame of an unknown type came: ${text.slice(0, 200)}`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`a frame not as declared: ${z.prettifyError(parsed.error)}\n${text.slice(0, 500)}`);
};
