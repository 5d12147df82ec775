// What each field of each body must refuse, written from the contract. A new field fails the test until it stands here.
import type { OperationId } from "../../kit/strict-client.ts";

/** Values by what they are wrong for; each is answered with 400 and the field's name. */
const LONE = "ab\ud800cd";
const NUL = "ab\0cd";
const BELL = "ab\u0007cd";
const OBJECTS = [[], {}, ["abc"], { $ne: 1 }, { length: 3 }];
export const notText = [1, true, ...OBJECTS];
const blank = ["", "   ", "\u200b\u2060", "\n\t"];

const line = (max: number, min = 1) => [
  ...notText,
  ...blank,
  LONE,
  NUL,
  BELL,
  "two\nlines",
  "x".repeat(max + 1),
  ...(min > 1 ? ["x".repeat(min - 1)] : []),
];
export const lines = (max: number) => [...notText, LONE, NUL, BELL, "x".repeat(max + 1), "😀".repeat(max + 1)];
const notInt = ["1", "abc", true, 1.5, 1e99, 2 ** 53, ...OBJECTS];
export const id = [...notInt, 0, -1];
export const seq = [...notInt, -1, null];
const bool = ["true", "", 0, 1, null, ...OBJECTS];
const oneOf = [null, "", "x", "ADMIN", "__proto__", "constructor", 1, true, ...OBJECTS];
const range = (least: number, most: number) => [...notInt, null, least - 1, most + 1];

const username = [...notText, null, ...blank, LONE, NUL, "a", "x".repeat(41), "a b", "a@b", "a/b", "<b>", "a\u202eb"];
const password = [...notText, null, "", "short12", "x".repeat(201)];
const content = [...notText, null, ...blank, LONE, NUL, "x".repeat(10_001), "😀".repeat(10_001)];
const roomName = [...line(100, 3), null];
const description = [...lines(500), null];
const session = [null, "", "token", true, 1, ...OBJECTS];

const room = {
  description,
  public: bool,
  discoverable: bool,
  max_participants: [...range(2, 1_000), 1],
  allow_uploads: bool,
  allow_voice: bool,
  private_replies: bool,
  slow_mode_s: range(0, 3_600),
};
export const draft = {
  content,
  client_id: [...notText, null, "", "x".repeat(65), "a b", "é", "a/b", NUL],
  // Null is "no quote".
  reply_to: id,
  thread_root: id,
  also_in_room: bool,
  attachments: [null, "abc", {}, 1, ["an id"], [1], [null]],
};
const readMark = { seq, unread: bool };
const token = [...notText, null, "x".repeat(5_000)];
const nothing = {};

export const REFUSED: Readonly<Partial<Record<OperationId, Readonly<Record<string, readonly unknown[]>>>>> = {
  setUp: {
    school_name: [...line(100), null],
    username,
    password,
    display_name: [...line(80), null],
    code: [...notText, null, "x".repeat(65)],
    session,
  },
  register: {
    username,
    password,
    display_name: [...line(80), null],
    email: [...notText, null, "", "no address", "a@b", `${"x".repeat(200)}@school.example`, `a${NUL}@school.example`],
    invite_code: [...notText, null, "", "x".repeat(65)],
    session,
  },
  login: {
    username: [...notText, null, ...blank, NUL, LONE, "x".repeat(201)],
    password: [...notText, null, "", "x".repeat(201)],
    session,
  },
  refresh: { refresh: token },
  logout: { refresh: token },
  updateMe: { display_name: [...line(80), null], email: [...notText, "", "no address", `a${NUL}@school.example`] },
  changePassword: { current_password: [...notText, null, "", "x".repeat(201)], new_password: password },
  createTicket: nothing,
  endOtherSessions: nothing,
  createInvite: {
    role: oneOf,
    room: [...id, null],
    max_uses: range(1, 10_000),
    expires_at: [...notText, null, "", "tomorrow", "2020-01-01", "2020-01-01T00:00:00Z", "9999-99-99T00:00:00Z"],
  },
  redeemInvite: { code: [...notText, null, "", "   ", "x".repeat(65)] },
  updateUser: { role: oneOf, is_active: bool },
  createRoom: { name: roomName, ...room },
  updateRoom: { name: roomName, is_active: bool, ...room },
  joinRoom: nothing,
  leaveRoom: nothing,
  kickMember: { reason: [...lines(200), null] },
  transferHost: { user_id: [...id, null] },
  setRoomRole: { room_role: [...oneOf, "host"] },
  muteMember: { minutes: range(1, 60 * 24 * 366), reason: [...lines(200), null] },
  quietRoom: nothing,
  createJoinRequest: { note: [...lines(200), null] },
  approveJoin: nothing,
  denyJoin: { reason: [...lines(200), null] },
  sendMessage: draft,
  editMessage: { content },
  addReaction: nothing,
  addPrivateReaction: nothing,
  pinMessage: nothing,
  readRoom: readMark,
  followThread: nothing,
  readThread: { seq },
  openPrivateThread: { message_id: [...id, null], user_id: [...id, null], room_id: [...id, null] },
  updatePrivateThread: { is_active: bool },
  sendPrivateMessage: draft,
  readPrivateThread: readMark,
  editPrivateMessage: { content },
};

/** Fields of objects that nobody writes, and some that nobody has. */
export const NOT_YOURS = [
  "id",
  "host",
  "host_id",
  "participants",
  "participant_count",
  "my_role",
  "role",
  "is_admin",
  "is_staff",
  "room",
  "room_id",
  "thread",
  "thread_id",
  "seq",
  "epoch",
  "last_seq",
  "unread_count",
  "created_at",
  "updated_at",
  "edited_at",
  "sender",
  "sender_id",
  "user",
  "user1",
  "user2",
  "deleted",
  "deleted_at",
  "pinned",
  "reactions",
  "owner_message",
  "status",
  "processed_at",
  "processed_by",
  "muted_until",
  "kicked",
  "password_hash",
  "created_by",
  "uses",
  "$where",
  "constructor",
  "toString",
] as const;
