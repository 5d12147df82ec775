// How a REST operation is declared: once, with its schemas and with who may use it.
import type { z } from "zod";
import type { Authz } from "./authz.ts";
import type { ErrorKey } from "./errors.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";
type Shape = z.ZodType;

/** In place of a schema: the answer is a file's bytes, in parts if asked for. */
export const FILE = "file";

/** What such an answer is made from: what it is called and how it is read. */
export interface FileBody {
  readonly mime: string;
  /** In bytes. */
  readonly size: number;
  /** Changes when the bytes do. */
  readonly tag: string;
  readonly name: string;
  /** Shown in the page that asked, or only ever kept as a file. */
  readonly shown: boolean;
  /** Bytes from `start` up to but not including `end`. Fails with a refusal where they cannot be had. */
  open(range?: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>>;
}

/** A file that was received whole and lies in a folder for what is under way; whoever does not take it need not remove it. */
export interface ReceivedFile {
  readonly path: string;
  /** As the sender calls it: any characters, any length up to some hundreds. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Operation {
  readonly method: Method;
  /** With its trailing slash and `{names}`; the gateway serves it without the slash as well. */
  readonly path: `/${string}`;
  readonly authz: Authz;
  readonly summary: string;
  readonly params?: Shape;
  readonly query?: Shape;
  readonly body?: Shape;
  /** The body is a form with one file under this name; `body` is then the form's other fields. */
  readonly file?: string;
  /** Status → schema of the body; null for no body. The first is what a success usually answers. */
  readonly responses: Readonly<Record<number, Shape | typeof FILE | null>>;
  /** Refusals of its own, beside those that any operation can answer with. */
  readonly errors?: readonly ErrorKey[];
  /** Takes an `Idempotency-Key`: the same key and body gives the first answer again. */
  readonly idempotent?: boolean;
}

export const answersWithFile = ({ responses }: Operation): boolean => Object.values(responses).includes(FILE);

/** Keeps every literal of the declaration, so that handlers and clients are typed from it. */
export const operation = <const O extends Operation>(declared: O): O => declared;

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Field<O, K extends string> = K extends keyof O ? O[K] : undefined;

/** What a handler is given: parsed, trimmed, clamped. */
export type Input<O extends Operation> = {
  params: Out<Field<O, "params">>;
  query: Out<Field<O, "query">>;
  body: Out<Field<O, "body">>;
} & (O extends { file: string } ? { file: ReceivedFile } : unknown);

/** What a client writes. */
export interface Call<O extends Operation> {
  params: In<Field<O, "params">>;
  query: In<Field<O, "query">>;
  body: In<Field<O, "body">>;
}

type Body<T> = T extends typeof FILE ? FileBody : Out<T>;
type Bodies<R> = { [S in keyof R]: Body<R[S]> };

/** A handler's answer: one of the declared statuses with its body. */
export type Answer<O extends Operation> = {
  [S in keyof O["responses"]]: { status: S; body: Bodies<O["responses"]>[S] };
}[keyof O["responses"]];

/** What a client gets back on success. */
export type Result<O extends Operation> = Bodies<O["responses"]>[keyof O["responses"]];
