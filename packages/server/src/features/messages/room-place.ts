// A room as a place for messages.
import type { Message } from "@homeroom/protocol";
import { logRef } from "../../kit/ports.ts";
import { isModerator, requireMember, requireVoice } from "../rooms/rooms.ts";
import type { Place } from "./place.ts";

export const roomPlace = (roomId: number): Place => ({
  log: logRef("room", roomId),
  read: async (db, user) => void (await requireMember(db, user, roomId)),
  write: async (turn, user) => {
    const standing = await requireMember(turn.tx, user, roomId);
    requireVoice(standing, turn.now);
    const moderates = isModerator(standing);
    return { moderates, slowMs: moderates ? 0 : standing.room.slow_mode_s * 1_000 };
  },
  sent: (message) => ({ type: "chat_message", message: message as Message }),
});
