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
  /** Bytes of one file. */
  upload_bytes: 25 * 1024 * 1024,
  /** Files of one message, at most. */
  attachments: 10,
  /** Uploads of one person under way at once, at most. */
  uploads_at_once: 5,
  /** Files of one person that wait to be sent, at most; after this many hours they vanish. */
  uploads_unsent: 40,
  upload_hours: 24,
  /** Pixels of one picture, all of its frames' number, and the length of a voice message. */
  picture_pixels: 32_000_000,
  picture_frames: 500,
  voice_ms: 10 * 60_000,
  /** Steps in which a voice message's loudness is kept, at most. */
  waveform: 200,
  /** Characters of a file's name; a longer one is cut in its middle. */
  file_name: 200,
  /** Bytes of one socket frame from a client; a larger one closes the socket with 1009. */
  frame_bytes: 64 * 1024,
  /** Milliseconds for which one `typing` frame is shown. */
  typing_ms: 6_000,
} as const;
