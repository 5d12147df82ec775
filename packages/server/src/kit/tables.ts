// The shape of the database, for Kysely. Both databases have the same tables.
// Instants are integers: milliseconds since 1970, UTC. Flags are 0 or 1, since SQLite knows no booleans.
import type { Generated, Kysely } from "kysely";

export type Flag = 0 | 1;
export const flag = (value: boolean): Flag => (value ? 1 : 0);

export interface SettingsTable {
  name: string;
  value: string;
}

export interface UsersTable {
  id: Generated<number>;
  username: string;
  /** The user name folded for comparison: two names that look the same are the same. */
  username_key: string;
  display_name: string;
  email: string | null;
  email_key: string | null;
  password_hash: string;
  role: string;
  is_active: Flag;
  created_at: number;
}

export interface SessionsTable {
  id: string;
  user_id: number;
  /** Part of what the session's refresh and CSRF tokens are derived from, with the server's secret. */
  nonce: string;
  /** Which refresh token is the current one: each exchange adds one. */
  generation: number;
  rotated_at: number;
  created_at: number;
  expires_at: number;
  ended_at: number | null;
  /** In a few words ("Firefox on Windows"), so that people know which of their devices it is. */
  user_agent: string;
  /** To within some minutes: it is not written with every request. */
  last_seen_at: number;
}

export interface TicketsTable {
  digest: string;
  session_id: string;
  expires_at: number;
}

export interface InvitesTable {
  id: Generated<number>;
  code: string;
  role: string;
  room_id: number | null;
  max_uses: number | null;
  uses: number;
  expires_at: number | null;
  created_by: number;
  created_at: number;
  ended_at: number | null;
}

/** One row per room and per private thread; both take their id from here. */
export interface LogsTable {
  id: Generated<number>;
  kind: "room" | "thread";
  epoch: string;
  /** The seq of the newest event; 0 for none. The only source of seqs. */
  head: number;
  /** The seq of the newest event that may have changed who may do what here; 0 for none. */
  rights_seq: Generated<number>;
}

export interface EventsTable {
  log_id: number;
  seq: number;
  type: string;
  /** What the event is about; which of the two depends on its type. */
  message_id: number | null;
  user_id: number | null;
  /** JSON: what cannot be read from today's rows any more. */
  data: string | null;
  created_at: number;
}

export interface RoomsTable {
  id: number;
  name: string;
  description: string;
  host_id: number;
  public: Flag;
  discoverable: Flag;
  is_active: Flag;
  max_participants: number;
  participant_count: number;
  allow_uploads: Flag;
  allow_voice: Flag;
  private_replies: Flag;
  slow_mode_s: number;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

/** Stays when somebody leaves, with `ended_at`: who was here may be answered differently from a stranger. */
export interface MembershipsTable {
  room_id: number;
  user_id: number;
  room_role: "host" | "cohost" | "member";
  joined_at: number;
  muted_until: number | null;
  mute_reason: string | null;
  ended_at: number | null;
  /** The seq of the event that ended it: the fence. */
  ended_seq: number | null;
  kicked: Flag;
  /** They want no notifications of it. */
  quiet: Generated<Flag>;
}

export interface ReadMarksTable {
  log_id: number;
  user_id: number;
  seq: number;
}

export interface MessagesTable {
  id: Generated<number>;
  log_id: number;
  /** The seq of its creation. */
  seq: number;
  sender_id: number;
  client_id: string | null;
  /** Digest of the words as first sent: what a repeated client_id is compared with. */
  first_digest: string;
  content: string;
  reply_to: number | null;
  thread_root: number | null;
  also_in_room: Flag;
  created_at: number;
  edited_at: number | null;
  deleted_at: number | null;
  deleted_by: number | null;
  /** The seq of the event that pinned it; null where it is not pinned. */
  pinned_seq: number | null;
  /** How many attachments it has, so that nobody looks for those of a message without any. */
  files: Generated<number>;
}

/** The bytes lie in the blob store under `blob`; a row without them is never committed. */
export interface AttachmentsTable {
  id: string;
  uploader_id: number;
  /** The message that it was sent with, its log, and the place among its files; null until then. */
  message_id: number | null;
  log_id: number | null;
  place: number;
  kind: "image" | "document" | "voice";
  name: string;
  mime: string;
  /** Bytes of what is served. */
  size: number;
  width: number | null;
  height: number | null;
  duration_ms: number | null;
  /** JSON: a list of numbers. */
  waveform: string | null;
  placeholder: string | null;
  state: "scanning" | "ready" | "quarantined";
  problem: "infected" | "unreadable" | null;
  /** The key of what is served; thumbnails lie beside it. Changes when a picture was made anew without what it told. */
  blob: string;
  has_thumbs: Flag;
  /** Hex, of what was uploaded. */
  sha256: string;
  created_at: number;
}

/** Work to do after a commit. One of a kind and subject at a time. */
export interface JobsTable {
  id: Generated<number>;
  kind: string;
  /** What it is about, as its worker reads it. */
  subject: string;
  attempts: number;
  /** Not before then. While somebody works on it, when they will be taken for dead. */
  run_at: number;
  /** Why the last attempt failed. */
  error: string | null;
  /** Given up: it stays to be looked at. */
  dead_at: number | null;
  /** By chance, of whoever works on it; null while it waits. */
  claim: string | null;
  /** It was added again since somebody began it. */
  again: Flag;
  created_at: number;
}

export interface ReactionsTable {
  message_id: number;
  emoji: string;
  user_id: number;
  /** The emoji's place under the message, the same for all who use it: it stays when its first user takes it back. */
  place: number;
  created_at: number;
}

export interface MentionsTable {
  message_id: number;
  user_id: number;
  log_id: number;
  seq: number;
}

export interface ThreadFollowsTable {
  root_id: number;
  user_id: number;
  following: Flag;
  read_seq: number;
}

export interface JoinRequestsTable {
  id: Generated<number>;
  room_id: number;
  user_id: number;
  status: "pending" | "approved" | "denied";
  note: string;
  reason: string;
  created_at: number;
  processed_at: number | null;
  processed_by: number | null;
}

export interface PrivateThreadsTable {
  id: number;
  room_id: number;
  owner_message: number | null;
  /** Who opened it, and with whom. */
  user1_id: number;
  user2_id: number;
  /** The pair in order, so that it is unique whoever began. */
  low_id: number;
  high_id: number;
  is_active: Flag;
  created_at: number;
}

export interface IdempotencyTable {
  user_id: number;
  key: string;
  /** Digest of operation and body. */
  digest: string;
  /** JSON: status and body. */
  answer: string;
  created_at: number;
}

/** What search looks into: a virtual table on SQLite, where only the index is kept. Written by message-words.store.ts. */
export interface MessageWordsTable {
  /** The message's id. */
  rowid: number;
  words: string;
}

export interface Tables {
  settings: SettingsTable;
  users: UsersTable;
  sessions: SessionsTable;
  tickets: TicketsTable;
  invites: InvitesTable;
  logs: LogsTable;
  events: EventsTable;
  rooms: RoomsTable;
  memberships: MembershipsTable;
  read_marks: ReadMarksTable;
  messages: MessagesTable;
  attachments: AttachmentsTable;
  jobs: JobsTable;
  reactions: ReactionsTable;
  mentions: MentionsTable;
  thread_follows: ThreadFollowsTable;
  join_requests: JoinRequestsTable;
  private_threads: PrivateThreadsTable;
  idempotency: IdempotencyTable;
  message_words: MessageWordsTable;
}

/** Queries run one by one, each seeing what was committed before it. */
export type Db = Kysely<Tables>;
