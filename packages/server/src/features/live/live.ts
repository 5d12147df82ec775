// Typing: passed on at once to who else follows the log, forgotten at once. Nothing is stored.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { FrameHandlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { logField, type LogRef } from "../../kit/ports.ts";

export interface LiveFeature {
  frames: Pick<FrameHandlers, "typing" | "stop_typing">;
  /** Whoever sends has stopped typing there. */
  stopped(user: UserCard, log: LogRef): void;
  /** Whoever is gone has stopped typing everywhere. */
  gone(user: UserCard): void;
}

/** `mayWrite` throws where the user may not: what cannot be sent is not announced either. */
export const liveFeature = (kit: Kit, mayWrite: (user: UserCard, log: LogRef) => Promise<void>): LiveFeature => {
  /** Who is typing where, as far as the others were told. */
  const typing = new Map<number, Map<number, LogRef>>();

  const stopped = (user: UserCard, log: LogRef): void => {
    if (!typing.get(user.id)?.delete(log.id)) return;
    if (typing.get(user.id)?.size === 0) typing.delete(user.id);
    kit.fanout.whisper(log, { type: "stop_typing", ...logField(log), user }, user.id);
  };

  return {
    frames: {
      typing: async (_frame, log, { caller: { user } }) => {
        if (!log) throw new Refusal("bad_request");
        await mayWrite(user, log);
        typing.set(user.id, (typing.get(user.id) ?? new Map<number, LogRef>()).set(log.id, log));
        kit.fanout.whisper(log, { type: "typing", ...logField(log), user }, user.id);
        return null;
      },
      stop_typing: (_frame, log, { caller: { user } }) => {
        if (log) stopped(user, log);
        return Promise.resolve(null);
      },
    },
    stopped,
    gone: (user) => {
      for (const log of [...(typing.get(user.id)?.values() ?? [])]) stopped(user, log);
    },
  };
};
