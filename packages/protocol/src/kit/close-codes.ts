// Close codes of a socket: a public table, so that a client can tell the cases apart.

export const CLOSE = {
  TOO_BIG: 1009,
  RESTARTING: 1012,
  OVERLOADED: 1013,
  UNAUTHENTICATED: 4401,
  NOT_A_MEMBER: 4403,
  NOT_FOUND: 4404,
  TOO_SLOW: 4408,
  NO_HEARTBEAT: 4409,
  TOO_MANY: 4429,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** Codes after which the same client must not simply try again: something has to change first. */
export const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  CLOSE.UNAUTHENTICATED,
  CLOSE.NOT_A_MEMBER,
  CLOSE.NOT_FOUND,
]);
