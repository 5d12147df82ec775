// One WebSocket of the load process: cheaper than a library's, because the load must never be what a figure measures.
import { connect, type Socket } from "node:net";
import type { Target } from "../jobs.ts";
import { Arena, clientFrame, FrameReader, OPCODE } from "./frames.ts";

const HOST = "127.0.0.1";
/** Of one address there are some 28,000 ports; more sockets than this are spread over 127.0.0.2, .3 and so on. */
const PER_ADDRESS = 20_000;
const NEVER = "\u0000";

const arena = new Arena();

export interface ClientEvents {
  /** It is in the room, whatever its server wants for that. `hello` is what the server said to it, if it did. */
  onUp(client: Client, hello: string): void;
  onText(client: Client, bytes: Buffer, from: number, to: number): void;
  onDown?(client: Client): void;
}

export class Client {
  up = false;
  down = false;
  /** The mark of what it sent last. */
  lastMark = -1;
  readonly #target: Target;
  readonly #events: ClientEvents;
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  #head: string | null = "";

  constructor(target: Target, path: string, index: number, events: ClientEvents) {
    this.#target = target;
    this.#events = events;
    this.#reader = new FrameReader(arena, (opcode, bytes, from, to) => this.#frame(opcode, bytes, from, to));
    const localAddress = index < PER_ADDRESS ? undefined : `127.0.0.${2 + Math.floor(index / PER_ADDRESS)}`;
    const read = (size: number) => {
      this.#read(size);
      return true;
    };
    const onread = { buffer: arena.landing, callback: read };
    this.#socket = connect({
      host: HOST,
      port: target.port,
      noDelay: true,
      onread,
      ...(localAddress && { localAddress }),
    });
    this.#socket.on("error", () => undefined);
    this.#socket.once("close", () => {
      this.down = true;
      this.up = false;
      events.onDown?.(this);
    });
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${HOST}:${target.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
  }

  send(text: string): void {
    this.#socket.write(clientFrame(text));
  }

  /** The line breaks, without a word: what a network that blinks looks like, and no port waits for its last packets. */
  cut(): void {
    this.#socket.resetAndDestroy();
  }

  #read(size: number): void {
    if (this.#head === null) return this.#reader.feed(arena.start, arena.start + size);
    // Until the upgrade is answered. What follows in the same packet is frames already.
    const before = this.#head.length;
    this.#head += arena.bytes.toString("latin1", arena.start, arena.start + size);
    const end = this.#head.indexOf("\r\n\r\n");
    if (end < 0) return;
    if (!this.#head.startsWith("HTTP/1.1 101")) return this.cut();
    this.#head = null;
    if (this.#target.dialect === "ws") this.#isUp("");
    const from = arena.start + end + 4 - before;
    if (from < arena.start + size) this.#reader.feed(from, arena.start + size);
  }

  #isUp(hello: string): void {
    this.up = true;
    this.#events.onUp(this, hello);
  }

  #frame(opcode: number, bytes: Buffer, from: number, to: number): void {
    if (opcode === OPCODE.ping) this.#socket.write(clientFrame(bytes.subarray(from, to), OPCODE.pong));
    else if (opcode === OPCODE.close) this.#socket.end(clientFrame(bytes.subarray(from, to), OPCODE.close));
    else if (opcode <= OPCODE.binary) this.#text(bytes, from, to);
  }

  #text(bytes: Buffer, from: number, to: number): void {
    if (this.#target.dialect === "socket.io") return this.#engineIo(bytes, from, to);
    if (this.up) return this.#events.onText(this, bytes, from, to);
    this.#isUp(bytes.toString("utf8", from, to));
  }

  /** Engine.IO puts the kind of packet before it ("0" open, "2" ping, "4" message), Socket.IO another ("0" connect). */
  #engineIo(bytes: Buffer, from: number, to: number): void {
    const kind = String.fromCharCode(bytes[from] ?? 0);
    const inner = kind === "4" ? String.fromCharCode(bytes[from + 1] ?? 0) : NEVER;
    if (kind === "0") this.send("40");
    else if (kind === "2") this.send("3");
    else if (inner === "0") this.#isUp("");
    else if (inner === "2") this.#events.onText(this, bytes, from, to);
  }
}
