// What passes at once or not at all: typing and presence.
import { z } from "zod";
import { clientFrame, event } from "../kit/frame.ts";
import { Id } from "../kit/primitives.ts";
import { UserCard } from "./accounts.ts";

const where = { room: Id.optional(), thread: Id.optional() };

export const typingFrame = clientFrame({ type: "typing", authz: "member", fields: where });
export const stopTypingFrame = clientFrame({ type: "stop_typing", authz: "member", fields: where });

export const typing = event({
  type: "typing",
  durable: false,
  audience: "others",
  fields: { ...where, user: UserCard },
});
export const stopTyping = event({
  type: "stop_typing",
  durable: false,
  audience: "others",
  fields: { ...where, user: UserCard },
});
/** Whether somebody looks at this client. Somebody is away while they look at none of theirs. */
export const presenceFrame = clientFrame({
  type: "presence",
  authz: "user",
  fields: { state: z.enum(["online", "away"]) },
});
export const PresenceState = z.enum(["online", "away", "offline"]);
export type PresenceState = z.output<typeof PresenceState>;
/** To everybody who shares a room or thread with them. Of whom nothing was said, nobody is here. */
export const presence = event({
  type: "presence",
  durable: false,
  audience: "others",
  fields: { user: UserCard, state: PresenceState },
});
/** Somebody has another name, role or picture. To everybody who shares a room or thread with them, and to themselves. */
export const userChanged = event({
  type: "user_changed",
  durable: false,
  audience: "log",
  fields: { user: UserCard },
});
