// Sizes that both ends must agree on. No zod here, so that the browser may import this file as it is.

export const SIZES = {
  /** Characters (code points) of a message after trimming. */
  content: 10_000,
  room_name_min: 3,
  room_name_max: 100,
  /** People in one room, at most. */
  room_members: 1_000,
  /** Different emoji under one message, at most. */
  reactions: 20,
  /** Pinned messages of one room, at most. */
  pins: 50,
  description: 500,
  note: 200,
  search: 200,
  reason: 200,
  display_name: 80,
  password_min: 8,
  password_max: 200,
  /** Items of a page: asked for nothing, asked for too much. */
  page_default: 50,
  page_max: 100,
  /** Bytes of one socket frame from a client; a larger one closes the socket with 1009. */
  frame_bytes: 64 * 1024,
  /** Milliseconds for which one `typing` frame is shown. */
  typing_ms: 6_000,
} as const;
