// For tests: a socket without a network, and what it was sent.
import { EventEmitter } from "node:events";
import { type Duplex, PassThrough } from "node:stream";
import type { DurableFrame, ServerFrame, UserCard } from "@homeroom/protocol";
import type { WebSocket } from "ws";
import { type Effect, type LogRef, logRef } from "../kit/ports.ts";
import { Connection, type Scope } from "./connection.ts";

export const ROOM = logRef("room", 1);
export const card = (id: number): UserCard => {
  return { id, username: `u${id}`, display_name: `U ${id}`, role: "student", avatar_url: null };
};
export const event = (seq: number): DurableFrame => ({ type: "user_joined", room: 1, seq, user: card(seq) });
export const deliver = (seq: number, log: LogRef = ROOM): Effect => ({ do: "deliver", log, seq, frame: event(seq) });

/** What a socket was sent, and with which code it was closed. */
export interface Peer {
  connection: Connection;
  frames(): ServerFrame[];
  seqs(): number[];
  /** How often it was written to. */
  writes(): number;
  code: number | null;
}

/** Frames of one unmasked text frame after the other, each shorter than 64 KiB. */
export const framesIn = (bytes: Buffer): ServerFrame[] => {
  const frames: ServerFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes.readUInt8(at + 1);
    const [length, head] = short < 126 ? [short, 2] : [bytes.readUInt16BE(at + 2), 4];
    frames.push(JSON.parse(bytes.toString("utf8", at + head, at + head + length)) as ServerFrame);
    at += head + length;
  }
  return frames;
};

export const peerOf = (userId: number, scope: Scope, wire: Duplex = new PassThrough()): Peer => {
  const chunks: Buffer[] = [];
  wire.on("data", (chunk: Buffer) => chunks.push(chunk));
  const close = (code: number) => void (peer.code = code);
  const ws = Object.assign(new EventEmitter(), { close, resume: () => {}, pause: () => {}, terminate: () => {} });
  const options = { caller: { user: card(userId), session: `s${userId}` }, scope, now: () => 0 };
  const peer: Peer = {
    code: null,
    frames: () => framesIn(Buffer.concat(chunks)),
    seqs: () => peer.frames().flatMap((f) => ("seq" in f && f.type === "user_joined" ? [f.seq] : [])),
    writes: () => chunks.length,
    connection: new Connection(ws as unknown as WebSocket, wire, options),
  };
  peer.connection.opening = false;
  return peer;
};

/** Lets the event loop turn so many times. */
export const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};
