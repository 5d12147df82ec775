// Some weeks in one room, an action a step: everything that can happen to a room and to a private thread beside it.
import { randomUUID } from "node:crypto";
import type { JoinRequest, Message, PrivateMessage, PrivateThread } from "@homeroom/protocol";
import { checkAttachment } from "../../packages/server/src/features/attachments/attachments.ts";
import type { Classroom, Person, School } from "./school.ts";
import { upload } from "./uploads.ts";

export interface Cast {
  room: Classroom;
  /** A teacher in somebody else's room. */
  dan: Person;
  ann: Person;
  bob: Person;
  /** Comes and goes. */
  cleo: Person;
  /** What bob said in the room, of which ann began to speak with him. */
  lesson: Message;
  /** The private thread of ann and bob. */
  thread: PrivateThread;
  files: Files;
}

/** Uploads of which the test says when they are checked. */
interface Files {
  upload(who: Person, name: string): Promise<string>;
  check(id: string): Promise<void>;
}

const filesOf = ({ url, kit }: School): Files => ({
  upload: async (who, name) => {
    const { id } = await upload({ url, token: who.token }, { bytes: `These are ${name}.`, name });
    await kit.db.write((tx) =>
      tx.updateTable("attachments").set({ state: "scanning" }).where("id", "=", id).executeTakeFirstOrThrow(),
    );
    return id;
  },
  check: (id) => checkAttachment(kit)(id),
});

export const castOf = async (school: School): Promise<Cast> => {
  const [ann, bob, cleo] = (await school.people(3)) as [Person, Person, Person];
  const dan = await school.person("teacher");
  const room = await school.room([dan, ann, bob], { description: "On Mondays" });
  const lesson = await say(bob, room, "Before anybody looked.");
  const opening = { message_id: lesson.id };
  const thread = await ann.ask<PrivateThread>("POST", "/api/chat/private-threads/", opening);
  return { room, dan, ann, bob, cleo, lesson, thread, files: filesOf(school) };
};

export const say = (who: Person, room: Classroom, content: string, rest: object = {}): Promise<Message> =>
  who.ask("POST", `${room.path}messages/`, { content, client_id: randomUUID(), ...rest });

export const whisper = (who: Person, thread: { id: number }, content: string, rest: object = {}) =>
  who.ask<PrivateMessage>("POST", `/api/chat/private-threads/${thread.id}/messages/`, {
    content,
    client_id: randomUUID(),
    ...rest,
  });

const messagePath = (message: { id: number }) => `/api/chat/messages/${message.id}/`;
const privatePath = (message: { id: number }) => `/api/chat/private-messages/${message.id}/`;

const reactionPath = (path: string, emoji: string) => `${path}reactions/${encodeURIComponent(emoji)}/`;

export type Step = [name: string, run: () => Promise<unknown>];

export const storyOf = (cast: Cast): { room: Step[]; thread: Step[] } => ({
  room: inTheRoom(cast),
  thread: aside(cast),
});

const inTheRoom = ({ room, dan, ann, bob, cleo, files }: Cast): Step[] => {
  const { host, path } = room;
  const uploads = new Map<string, string>();
  const uploaded = (name: string) => uploads.get(name) ?? "";
  const checks = (name: string): Step => [`${name} is checked`, () => files.check(uploaded(name))];
  const sendsFiles = (name: string, who: Person, content: string, ...names: string[]): Step => [
    `${name} is sent with ${names.join(" and ")}`,
    async () => {
      for (const one of names) uploads.set(one, await files.upload(who, one));
      said.set(name, await say(who, room, content, { attachments: names.map(uploaded) }));
    },
  ];
  const said = new Map<string, Message>();
  const kept = (name: string) => said.get(name) as Message;
  const says = (name: string, who: Person, content: string, rest: () => object = () => ({})): Step => [
    `${name} is said`,
    async () => said.set(name, await say(who, room, content, rest())),
  ];
  const edits = (name: string, who: Person, content: string): Step => [
    `${name} is edited`,
    () => who.ask("PATCH", messagePath(kept(name)), { content }),
  ];
  const deletes = (name: string, who: Person): Step => [
    `${name} is deleted`,
    () => who.ask("DELETE", messagePath(kept(name))),
  ];
  const reacts = (name: string, who: Person, emoji: string, method: "PUT" | "DELETE" = "PUT"): Step => [
    `${method} ${emoji} on ${name} by ${who.card.username}`,
    () => who.ask(method, reactionPath(messagePath(kept(name)), emoji)),
  ];
  const pins = (name: string, method: "PUT" | "DELETE" = "PUT"): Step => [
    `${method} of the pin on ${name}`,
    () => host.ask(method, `${messagePath(kept(name))}pin/`),
  ];
  const changes = (change: object): Step => [
    `the room gets ${JSON.stringify(change)}`,
    () => host.ask("PATCH", path, change),
  ];
  const member = (who: Person) => `${path}members/${who.id}/`;
  const inThread =
    (root: string, rest: object = {}) =>
    () => ({ thread_root: kept(root).id, ...rest });
  return [
    ["somebody joins", () => cleo.ask("POST", `${path}join/`)],
    says("question", bob, "Which page?  The\nsecond line."),
    says("quote", ann, "That one.", () => ({ reply_to: kept("question").id })),
    edits("question", bob, `Which page, please? ${"x".repeat(200)}`),
    says("mention", host, `@${ann.card.username}: page 12.`),
    says("other", cleo, "Thanks!"),
    ["ann reads up to the mention", () => ann.ask("POST", `${path}read/`, { seq: kept("mention").seq })],
    says("first reply", ann, "Which book?", inThread("question")),
    says("second reply", cleo, "The green one.", inThread("question", { also_in_room: true })),
    says("third reply", bob, "No, the blue one.", inThread("question")),
    says("reply to ann", bob, "To the quote.", inThread("quote", { reply_to: undefined })),
    reacts("question", ann, "👍"),
    reacts("question", bob, "❤️"),
    reacts("question", cleo, "👍"),
    reacts("question", ann, "👍", "DELETE"),
    reacts("question", ann, "👍", "DELETE"),
    reacts("first reply", bob, "👩🏽‍🔬"),
    sendsFiles("worksheet", ann, "", "page1.txt", "page2.txt"),
    checks("page2.txt"),
    edits("worksheet", ann, "Both pages."),
    checks("page1.txt"),
    says("quote of the worksheet", bob, "Thanks!", () => ({ reply_to: kept("worksheet").id })),
    edits("worksheet", ann, ""),
    sendsFiles("slip", bob, "Oops", "private.txt"),
    deletes("slip", bob),
    checks("private.txt"),
    reacts("other", ann, "🎉"),
    pins("mention"),
    pins("question"),
    pins("second reply"),
    pins("mention", "DELETE"),
    pins("mention"),
    pins("mention"),
    pins("other"),
    pins("other", "DELETE"),
    edits("second reply", cleo, `The green one, @${ann.card.username}.`),
    edits("mention", host, "Page 12."),
    deletes("third reply", bob),
    deletes("reply to ann", host),
    deletes("question", bob),
    says("late reply", cleo, "What was it?", inThread("question")),
    says("last", cleo, "Rude."),
    reacts("last", bob, "😮"),
    deletes("last", host),
    ["cleo is muted", () => host.ask("POST", `${member(cleo)}mute/`, { minutes: 5, reason: "Rude" })],
    ["cleo may speak again", () => host.ask("DELETE", `${member(cleo)}mute/`)],
    ["ann is muted", () => host.ask("POST", `${member(ann)}mute/`, { minutes: 5, reason: "Loud" })],
    ["ann may speak again", () => host.ask("DELETE", `${member(ann)}mute/`)],
    ["ann keeps the room quiet", () => ann.ask("PUT", `${path}quiet/`)],
    ["ann wants to hear of it", () => ann.ask("DELETE", `${path}quiet/`)],
    ["ann becomes cohost", () => host.ask("POST", member(ann), { room_role: "cohost" })],
    ["ann is a member again", () => host.ask("POST", member(ann), { room_role: "member" })],
    changes({ name: "Biology 8b", description: "On Tuesdays", slow_mode_s: 0, max_participants: 40 }),
    changes({ is_active: false }),
    changes({ is_active: true, allow_voice: false, private_replies: true }),
    ["the room goes to dan", () => host.ask("POST", `${path}transfer-host/`, { user_id: dan.id })],
    ["and comes back", () => dan.ask("POST", `${path}transfer-host/`, { user_id: host.id })],
    ["cleo is kicked", () => host.ask("POST", `${path}kick/${cleo.id}/`, { reason: "Enough" })],
    ["ann leads along", () => host.ask("POST", member(ann), { room_role: "cohost" })],
    ["cleo asks to come back", () => cleo.ask("POST", `${path}join-request/`)],
    ["cleo thinks better of it", () => cleo.ask("DELETE", `${path}join-request/`)],
    ["cleo is let in again", () => letIn(room, cleo)],
    ["ann leads no more", () => host.ask("POST", member(ann), { room_role: "member" })],
    ["cleo leaves", () => cleo.ask("POST", `${path}leave/`)],
    ["ann marks all from the mention on as unread", () => ann.ask("POST", `${path}read/`, markUnread(kept("mention")))],
  ];
};

const markUnread = (message: Message) => ({ seq: message.seq - 1, unread: true });

const letIn = async ({ host, path }: Classroom, who: Person) => {
  const { id } = await who.ask<JoinRequest>("POST", `${path}join-request/`, { note: "Sorry" });
  await host.ask("POST", `${path}approve-join/${id}/`);
};

const aside = ({ room, ann, bob, lesson, thread, files }: Cast): Step[] => {
  const said = new Map<string, PrivateMessage>();
  const kept = (name: string) => said.get(name) as PrivateMessage;
  const path = `/api/chat/private-threads/${thread.id}/`;
  let file = "";
  return [
    ["ann whispers", async () => said.set("one", await whisper(ann, thread, "Psst."))],
    ["bob quotes her", async () => said.set("two", await whisper(bob, thread, "Yes?", { reply_to: kept("one").id }))],
    ["ann says it otherwise", () => ann.ask("PATCH", privatePath(kept("one")), { content: "Hello." })],
    [
      "bob sends her a file",
      async () => {
        file = await files.upload(bob, "secret.txt");
        await whisper(bob, thread, "", { attachments: [file] });
      },
    ],
    ["it is checked", () => files.check(file)],
    ["bob likes it", () => bob.ask("PUT", reactionPath(privatePath(kept("one")), "🥹"))],
    ["ann, too", () => ann.ask("PUT", reactionPath(privatePath(kept("one")), "🥹"))],
    ["bob does not, after all", () => bob.ask("DELETE", reactionPath(privatePath(kept("one")), "🥹"))],
    ["bob whispers more", async () => said.set("three", await whisper(bob, thread, "I am here."))],
    ["ann likes that", () => ann.ask("PUT", reactionPath(privatePath(kept("three")), "🇩🇪"))],
    ["ann has read it", () => ann.ask("POST", `${path}read/`, { seq: kept("two").seq })],
    ["ann takes it back", () => ann.ask("DELETE", privatePath(kept("one")))],
    ["bob takes his last word back", () => bob.ask("DELETE", privatePath(kept("three")))],
    ["the host closes the thread", () => room.host.ask("PATCH", path, { is_active: false })],
    ["and opens it", () => room.host.ask("PATCH", path, { is_active: true })],
    ["ann quotes what he said in the room", () => whisper(ann, thread, "Why?", { reply_to: lesson.id })],
    ["bob says there what he meant", () => bob.ask("PATCH", messagePath(lesson), { content: "Before we began." })],
    ["bob takes it back there", () => bob.ask("DELETE", messagePath(lesson))],
    ["bob whispers again", () => whisper(bob, thread, "Still here.")],
  ];
};
