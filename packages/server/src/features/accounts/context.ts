// What every part of this feature is built with, and what it asks of others without knowing them.
import type { Room, UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { Caller, Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import type { LoginLimits } from "./login-limits.ts";
import type { SessionTokens } from "./session-tokens.ts";
import type { Tokens } from "./tokens.ts";

/** What the rooms do for accounts; `main` passes it in. */
export interface AccountsHooks {
  /** Makes somebody a member, unless they are. Throws what stands in the way, and then no account is made either. */
  enterRoom(turn: Turn, user: UserCard, roomId: number): Promise<{ room: Room; joined: boolean }>;
  /** Whether somebody is in a room now. */
  isIn(db: Db, userId: number, roomId: number): Promise<boolean>;
  /** Finds another host for the rooms of somebody who became a student, and lets them stay there. */
  handOver(turn: Turn, user: UserCard, by: UserCard): Promise<unknown>;
  /** Ends all memberships of somebody who was deactivated. */
  leaveEverywhere(turn: Turn, user: UserCard, by: UserCard): Promise<unknown>;
  /** Tells those who lead rooms that this person waits there no more, or again. */
  tellOfWaiting(turn: Turn, userId: number, waits: boolean): Promise<unknown>;
  /** Where others see this person's card: their rooms and private threads. */
  logIdsOf(db: Db, userId: number): Promise<readonly number[]>;
  /** Whether somebody, who is no admin, may still let people into the room: they lead it now. */
  mayInvite(db: Db, userId: number, roomId: number): Promise<boolean>;
  /** Throws unless the caller is host or cohost of the room, or an admin and the room is there. */
  requireModerator(db: Db, caller: Caller, roomId: number): Promise<unknown>;
}

export interface Context {
  readonly kit: Kit;
  readonly hooks: AccountsHooks;
  readonly access: Tokens;
  readonly secrets: SessionTokens;
  readonly limits: LoginLimits;
  /** Wrong codes count by themselves: a class that types an old one keeps nobody behind its address from signing in. */
  readonly codeLimits: LoginLimits;
}

/** Some of the operations. */
export type Part<K extends keyof Handlers> = Pick<Handlers, K>;
