// A room as a place for messages.
import type { Message } from "@homeroom/protocol";
import { logRef } from "../../kit/ports.ts";
import { isModerator, requireActive, requireMember, requireVoice } from "../rooms/rooms.ts";
import type { Place } from "./place.ts";

export const roomPlace = (roomId: number): Place => ({
  log: logRef("room", roomId),
  read: async (db, user) => ({ moderates: isModerator(await requireMember(db, user, roomId)) }),
  write: async (turn, user, { evenMuted } = { evenMuted: false }) => {
    const standing = await requireMember(turn.tx, user, roomId);
    if (evenMuted) requireActive(standing);
    else requireVoice(standing, turn.now);
    const { room } = standing;
    return {
      slowMs: isModerator(standing) ? 0 : room.slow_mode_s * 1_000,
      files: { uploads: room.allow_uploads === 1, voice: room.allow_voice === 1 },
      // A mute that is over does not come back by itself.
      lasting: !evenMuted,
    };
  },
  sent: (message) => ({ type: "chat_message", message: message as Message }),
});
