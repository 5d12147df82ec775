// Using a code: when an account is made, and with an account that one has.
import { Refusal, type Role, type Room, type UserCard } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import { RANK } from "./accounts.access.ts";
import { findUser } from "./accounts.store.ts";
import { readCode } from "./codes.ts";
import type { Context, Part } from "./context.ts";
import { findUsedUp, giveBackInvite, type InviteRow, takeInvite } from "./invites.store.ts";
import type { Attempt, LoginLimits } from "./login-limits.ts";

/** Wrong, withdrawn, used up and too old are told apart by nobody but who made the code. */
const codeRefused = (field: string) =>
  new Refusal("bad_request", { fields: { [field]: ["This code is not valid, or not valid any more."] } });

/** A code is worth what its maker's word is worth today: who leads the room no more lets nobody in. */
export const spendInvite = async (
  { hooks }: Context,
  { tx, now }: Turn,
  typed: string,
  field: string,
): Promise<InviteRow> => {
  const invite = await takeInvite(tx, readCode(typed), now);
  if (!invite) throw codeRefused(field);
  if (invite.room_id !== null && (await findUser(tx, invite.created_by))?.role !== "admin") {
    if (!(await hooks.mayInvite(tx, invite.created_by, invite.room_id))) throw codeRefused(field);
  }
  return invite;
};

export const enterItsRoom = async (
  { hooks }: Context,
  turn: Turn,
  user: UserCard,
  roomId: number,
  field: string,
): Promise<{ room: Room; joined: boolean }> => {
  try {
    return await hooks.enterRoom(turn, user, roomId);
  } catch (error) {
    throw error instanceof Refusal && error.key === "not_found" ? codeRefused(field) : error;
  }
};

/** Used up, maybe by whoever asks: who is in its room is in, however often they say so. */
const redeemAgain = async (context: Context, turn: Turn, user: UserCard, typed: string) => {
  const invite = await findUsedUp(turn.tx, readCode(typed), turn.now);
  const roomId = invite?.room_id ?? null;
  if (roomId === null || !(await context.hooks.isIn(turn.tx, user.id, roomId))) return null;
  const entered = await enterItsRoom(context, turn, user, roomId, "code");
  // They have just left: nobody comes in by a code that is used up.
  if (entered.joined) throw codeRefused("code");
  return entered;
};

/** A code says who somebody is only to those who make an account with it: no role comes from it later. */
const redeem = async (
  context: Context,
  turn: Turn,
  user: UserCard,
  typed: string,
): Promise<{ room: Room; joined: boolean }> => {
  let invite: InviteRow;
  try {
    invite = await spendInvite(context, turn, typed, "code");
  } catch (error) {
    // Asked afterwards, so that the second of two clicks sees what the first one did.
    const again = error instanceof Refusal ? await redeemAgain(context, turn, user, typed) : null;
    if (again) return again;
    throw error;
  }
  if (invite.room_id === null || RANK[user.role] < RANK[invite.role as Role]) throw codeRefused("code");
  const { room, joined } = await enterItsRoom(context, turn, user, invite.room_id, "code");
  if (!joined) await giveBackInvite(turn.tx, invite.id);
  return { room, joined };
};

/** Guessing codes is held back like guessing passwords, with a count of its own. */
const requirePatience = (limits: LoginLimits, attempt: Attempt): void => {
  try {
    limits.check(attempt);
  } catch (error) {
    if (!(error instanceof Refusal) || error.key !== "login_locked") throw error;
    const detail = "Too many codes that were not right. Wait a moment.";
    throw new Refusal("rate_limited", { detail, retry_after_ms: error.extra.retry_after_ms ?? 0 });
  }
};

export const codeUsePart = (context: Context): Part<"redeemInvite"> => ({
  redeemInvite: async ({ body }, { caller: { user }, http }) => {
    const { codeLimits } = context;
    const attempt = { account: String(user.id), address: http?.address ?? "" };
    requirePatience(codeLimits, attempt);
    try {
      const { room, joined } = await act(context.kit, (turn) => redeem(context, turn, user, body.code));
      // The code of a room that one is in already proves nothing, and ends no wait.
      if (joined) codeLimits.succeeded(attempt);
      return { status: 200, body: room };
    } catch (error) {
      if (error instanceof Refusal && error.key === "bad_request") codeLimits.failed(attempt);
      throw error;
    }
  },
});
