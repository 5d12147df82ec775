// One room with everything in it, and for each operation that takes a body a call that would be right.
import type { LooseCall, OperationId, Person, StrictServer } from "../../kit/strict-client.ts";
import { PASSWORD } from "../../kit/strict-client.ts";

export interface Right {
  person: Person | null;
  call: LooseCall;
}

export interface Bench {
  people: Record<"host" | "colleague" | "member" | "admin" | "asker" | "outsider", Person>;
  room: number;
  /** Hidden, of somebody else, with a message. */
  foreign: { room: number; message: number; thread: number };
  right: Readonly<Partial<Record<OperationId, Right>>>;
}

const at = (id: number) => ({ params: { id: String(id) } });

const privateRoom = async (school: StrictServer, host: Person, members: readonly Person[]): Promise<number> => {
  const { id } = await school.ok(host, "createRoom", { body: { name: "Maths olympiad" } });
  for (const person of members) await school.ok(person, "joinRoom", at(id));
  await school.ok(host, "updateRoom", { ...at(id), body: { public: false, discoverable: true } });
  return id;
};

const foreignRoom = async (school: StrictServer, host: Person, member: Person) => {
  const room = await privateRoom(school, host, [member]);
  const message = await school.ok(host, "sendMessage", { ...at(room), body: { content: "Not for you" } });
  const thread = await school.ok(host, "openPrivateThread", { body: { user_id: member.user.id, room_id: room } });
  await school.ok(host, "updateRoom", { ...at(room), body: { discoverable: false } });
  return { room, message: message.id, thread: thread.id };
};

export const benchOf = async (school: StrictServer): Promise<Bench> => {
  const roles = {
    host: "teacher",
    colleague: "teacher",
    member: "student",
    asker: "student",
    outsider: "student",
  } as const;
  const people = await school.people({ ...roles, admin: "admin" });
  const { host, colleague, member, admin, asker } = people;
  const stranger = await school.person("teacher");
  const foreign = await foreignRoom(school, stranger, await school.person());
  const room = await privateRoom(school, host, [member, colleague]);
  const { id: request } = await school.ok(asker, "createJoinRequest", at(room));
  const write = (person: Person) => school.ok(person, "sendMessage", { ...at(room), body: { content: "Hello" } });
  const [mine, theirs] = [await write(host), await write(member)];
  const { id: thread } = await school.ok(host, "openPrivateThread", { body: { message_id: theirs.id } });
  const whisper = await school.ok(host, "sendPrivateMessage", { ...at(thread), body: { content: "Psst" } });

  const by = (person: Person | null, params: Record<string, string | number> | null, body?: unknown): Right => ({
    person,
    call: { ...(params && { params }), ...(body !== undefined && { body }) },
  });
  const inRoom = { id: room };
  const person = { id: room, user_id: member.user.id };
  const words = { content: "Words" };
  const account = { username: "somebody", password: PASSWORD };
  const right: Bench["right"] = {
    setUp: by(null, null, { ...account, school_name: "School", display_name: "Root" }),
    register: by(null, null, account),
    login: by(null, null, account),
    refresh: by(null, null, {}),
    logout: by(null, null, {}),
    updateMe: by(host, null, {}),
    changePassword: by(host, null, { current_password: "wrong password", new_password: PASSWORD }),
    createTicket: by(host, null, {}),
    endOtherSessions: by(host, null, {}),
    createInvite: by(admin, null, { role: "student" }),
    redeemInvite: by(member, null, { code: "AAAA-BBBB-CCCC" }),
    updateUser: by(admin, { id: member.user.id }, { role: "student" }),
    createRoom: by(host, null, { name: "A room" }),
    updateRoom: by(host, inRoom, { description: "Words" }),
    joinRoom: by(member, inRoom, {}),
    leaveRoom: by(member, inRoom, {}),
    kickMember: by(host, person, {}),
    transferHost: by(host, inRoom, { user_id: colleague.user.id }),
    setRoomRole: by(host, person, { room_role: "cohost" }),
    muteMember: by(host, person, { minutes: 5 }),
    quietRoom: by(member, inRoom, {}),
    createJoinRequest: by(asker, inRoom, { note: "Please" }),
    approveJoin: by(host, { id: room, request_id: request }, {}),
    denyJoin: by(host, { id: room, request_id: request }, { reason: "No" }),
    sendMessage: by(host, inRoom, words),
    addReaction: by(host, { id: theirs.id, emoji: "👍" }, {}),
    removeReaction: by(host, { id: theirs.id, emoji: "👍" }),
    addPrivateReaction: by(host, { id: whisper.id, emoji: "👍" }, {}),
    removePrivateReaction: by(host, { id: whisper.id, emoji: "👍" }),
    pinMessage: by(host, { id: mine.id }, {}),
    editMessage: by(host, { id: mine.id }, words),
    readRoom: by(host, inRoom, { seq: 1 }),
    followThread: by(host, { id: theirs.id }, {}),
    readThread: by(host, { id: theirs.id }, { seq: 1 }),
    openPrivateThread: by(host, null, { user_id: member.user.id, room_id: room }),
    updatePrivateThread: by(host, { id: thread }, { is_active: true }),
    sendPrivateMessage: by(host, { id: thread }, words),
    readPrivateThread: by(host, { id: thread }, { seq: 1 }),
    editPrivateMessage: by(host, { id: whisper.id }, words),
  };
  return { people, room, foreign, right };
};
