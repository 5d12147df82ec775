// The first frame of a socket.
import { SIZES, type ServerFrame, type UserCard } from "@homeroom/protocol";
import type { OpenLog } from "../kit/call.ts";
import { logField } from "../kit/ports.ts";

export const HEARTBEAT_MS = 25_000;
/** A peer that gave no sign of life for so long is gone. */
export const SILENCE_MS = 45_000;

export const helloFrame = (user: UserCard, logs: readonly OpenLog[], lobby = false): ServerFrame => ({
  type: "hello",
  user,
  heartbeat_ms: HEARTBEAT_MS,
  limits: { content: SIZES.content, frame_bytes: SIZES.frame_bytes, typing_ms: SIZES.typing_ms },
  ...(lobby && { lobby: true as const }),
  logs: logs.map((log) => ({ ...logField(log), epoch: log.epoch, head: log.head, read: log.read })),
});
