// How socket frames are declared: what a client may say, what the server may say, to whom, and whether it is durable.
import { z } from "zod";
import type { Audience, Authz } from "./authz.ts";
import { Id, Ref, Seq } from "./primitives.ts";

/** Names the log a frame is about. On a room or private socket a client may leave it out. */
const logFields = { room: Id.optional(), thread: Id.optional() };

export interface ClientFrameDeclaration<T extends string, S extends z.ZodRawShape> {
  readonly type: T;
  readonly authz: Authz;
  readonly fields: S;
  /** What must hold between the fields. */
  readonly rule?: FieldsRule;
}

/** Whether the fields go together; where the sentence belongs if they do not. */
export type FieldsRule = readonly [
  holds: (fields: Record<string, unknown>) => boolean,
  otherwise: { path: string[]; message: string },
];

const anything: FieldsRule = [() => true, { path: [], message: "" }];

export const clientFrame = <const T extends string, S extends z.ZodRawShape>(
  declared: ClientFrameDeclaration<T, S>,
) => ({
  ...declared,
  schema: z
    .strictObject({ type: z.literal(declared.type), ref: Ref.optional(), ...declared.fields })
    .refine(...(declared.rule ?? anything)),
});

export interface EventDeclaration<T extends string, D extends boolean, S extends z.ZodRawShape> {
  readonly type: T;
  /** One row of a log, with a `seq`, delivered at least once; otherwise at most once and first to be shed. */
  readonly durable: D;
  readonly audience: Audience;
  readonly fields: S;
}

type Durable<D extends boolean> = D extends true ? typeof logFields & { seq: typeof Seq } : object;

export const event = <const T extends string, const D extends boolean, S extends z.ZodRawShape>(
  declared: EventDeclaration<T, D, S>,
) => {
  const durable = (declared.durable ? { ...logFields, seq: Seq } : {}) as Durable<D>;
  return {
    ...declared,
    schema: z.strictObject({ type: z.literal(declared.type), ...durable, ...declared.fields }),
  };
};
