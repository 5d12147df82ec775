// Every refusal Homeroom can utter: its code, its HTTP status and its plain sentence. No zod here.

export const ERRORS = {
  bad_request: [400, "The request is not right. Look at the fields."],
  cannot_target_self: [400, "You cannot do this to yourself."],
  cannot_target_host: [400, "The host of a room cannot be the target of this."],
  unknown_type: [400, "There is no frame of this type."],
  not_authenticated: [401, "Sign in first."],
  token_invalid: [401, "This sign-in is not valid. Sign in again."],
  token_expired: [401, "This sign-in has expired."],
  invalid_credentials: [401, "Name and password don't match."],
  forbidden: [403, "You are not allowed to do this."],
  csrf_failed: [403, "This request did not come from Homeroom's own page."],
  origin_refused: [403, "This origin is not allowed. See ALLOWED_ORIGINS."],
  registration_closed: [403, "New accounts cannot be made here."],
  invite_required: [403, "A code from your school is needed to make an account."],
  not_a_member: [403, "You are not a member of this room."],
  muted: [403, "You are muted in this room."],
  kicked: [403, "You were removed from this room. You can ask to come back."],
  join_request_required: [403, "This room is private. Ask to join it."],
  uploads_off: [403, "Files cannot be shared in this room."],
  voice_off: [403, "Voice messages cannot be sent in this room."],
  private_threads_restricted: [403, "Private chats are not allowed here."],
  setup_code_wrong: [403, "The set-up code is not right. The server printed it when it started."],
  not_found: [404, "There is nothing here."],
  method_not_allowed: [405, "This path does not know this method."],
  already_set_up: [409, "This school is set up already."],
  username_taken: [409, "This user name is taken."],
  idempotency_conflict: [409, "The same key was used before with other content."],
  room_inactive: [409, "This room is archived. It can be read, but not written in."],
  room_full: [409, "This room is full."],
  room_is_public: [409, "This room is public. Join it directly."],
  host_must_transfer: [409, "Hand the room over to somebody else before you leave it."],
  not_a_member_conflict: [409, "You are not in this room."],
  already_member: [409, "You are in this room already."],
  already_pending: [409, "You have asked already. The request is waiting."],
  already_processed: [409, "This request was decided already."],
  join_cooldown: [409, "Your request was declined less than a day ago."],
  message_deleted: [409, "This message was deleted."],
  too_many_reactions: [409, "There are too many different reactions here. Take one that is there."],
  too_many_pins: [409, "There are too many pinned messages in this room. Unpin one first."],
  attachment_not_ready: [409, "This file is still being checked."],
  attachment_blocked: [409, "This file was blocked."],
  thread_inactive: [409, "This private chat is closed."],
  last_admin: [409, "There must be at least one admin."],
  too_large: [413, "This is too large."],
  unsupported_media_type: [415, "Send JSON."],
  range_not_satisfiable: [416, "This part is not in the file."],
  unreadable_file: [422, "This file is broken or not what it seems to be."],
  rate_limited: [429, "That was quick. Wait a moment."],
  login_locked: [429, "Too many wrong passwords. Wait a moment."],
  internal: [500, "Something went wrong on the server. It was written down."],
  unavailable: [503, "The server cannot do this right now. Try again."],
  storage_full: [507, "The server's disk is full."],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ErrorKey = keyof typeof ERRORS;

/** The code on the wire. One sentence pair shares a code: `not_a_member` is a 403 for a door, a 409 for leaving. */
export const codeOf = (key: ErrorKey): string => (key === "not_a_member_conflict" ? "not_a_member" : key);

export interface ErrorBody {
  detail: string;
  code: string;
  /** What is wrong with which field: `{name: ["sentence", …]}`. */
  fields?: Record<string, string[]>;
  limit?: number;
  retry_after_ms?: number;
  /** The id of what stands in the way, where the caller may know it (`already_pending`, `not_a_member` on a retry). */
  id?: number;
  seq?: number;
}

/** A refusal, thrown anywhere below the gateway and answered there: as a JSON error, an `error` frame or a close code. */
export class Refusal extends Error {
  readonly key: ErrorKey;
  readonly extra: Partial<ErrorBody>;

  constructor(key: ErrorKey, extra: Partial<ErrorBody> = {}) {
    super(extra.detail ?? ERRORS[key][1]);
    this.name = "Refusal";
    this.key = key;
    this.extra = extra;
  }

  get status(): number {
    return ERRORS[this.key][0];
  }

  get code(): string {
    return codeOf(this.key);
  }

  get body(): ErrorBody {
    return { ...this.extra, detail: this.message, code: this.code };
  }
}
