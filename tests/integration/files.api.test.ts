// Files go in, are sent with a message, and come out again: for those who may read the message, and for nobody else.
import { randomUUID } from "node:crypto";
import type { Attachment, Message, PrivateThread } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";
import { say, whisper } from "../kit/story.ts";
import { download, plantThumbs, tryUpload, upload, UPLOADS } from "../kit/uploads.ts";

const NOTES = "Photosynthesis\n\nLight, water, air.\n";
const OPUS = Buffer.concat([
  Buffer.from("OggS\0\x02", "latin1"),
  Buffer.alloc(20),
  Buffer.from("\x01\x13OpusHead\x01\x01", "latin1"),
  Buffer.alloc(60),
]);

eachSchool((school) => {
  const by = (person: Person) => ({ url: school().url, token: person.token });
  const notes = (person: Person, name = "notes.txt", bytes: string = NOTES) => upload(by(person), { bytes, name });
  const recording = (person: Person, fields: Record<string, string> = {}) =>
    upload(by(person), { bytes: OPUS, name: "voice", fields: { kind: "voice", ...fields } });
  const had = async (person: Person, path: string, headers = {}) => (await download(by(person), path, headers)).status;
  const history = async (person: Person, room: Classroom) =>
    (await person.ask<{ results: Message[] }>("GET", `${room.path}messages/`)).results;
  /** A file that looks like a picture, sent by ada. */
  const sentBy = async (ada: Person, room: Classroom) => {
    const file = await notes(ada);
    await plantThumbs(school().kit, file.id);
    return { file, message: await say(ada, room, "Look!", { attachments: [file.id] }) };
  };
  const doorsOf = ({ url }: Attachment) => [url, `${url}thumb/`, `${url}thumb/?size=large`];
  const statuses = async (person: Person, file: Attachment) => {
    const whole = await Promise.all(doorsOf(file).map((path) => had(person, path)));
    const parts = await Promise.all(doorsOf(file).map((path) => had(person, path, { range: "bytes=0-3" })));
    const unchanged = await Promise.all(doorsOf(file).map((path) => had(person, path, { "if-none-match": "*" })));
    const heads = await Promise.all(doorsOf(file).map((path) => person.call("HEAD", path)));
    return [...whole, ...parts, ...unchanged, ...heads.map(({ status }) => status)];
  };
  const ALL = [200, 206, 304, 200].flatMap((status) => [status, status, status]);
  const NONE = ALL.map(() => 404);

  describe("sending", () => {
    test("a document is uploaded, sent without a word, read in the history, and had by the room's members", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const file = await notes(ada);
      expect(file).toMatchObject({ kind: "document", name: "notes.txt", mime: "text/plain", size: 35, state: "ready" });
      const sent = await say(ada, room, "", { attachments: [file.id] });
      expect(sent.attachments).toEqual([file]);
      expect((await history(ben, room)).at(-1)?.attachments).toEqual([file]);
      const answer = await download(by(ben), file.url);
      expect([answer.status, answer.bytes.toString()]).toEqual([200, NOTES]);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "text/plain",
        "content-length": "35",
        "content-disposition": "attachment; filename=notes.txt",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
        "accept-ranges": "bytes",
      });
    });

    test("several files keep their order everywhere: in the answer, the event, the history, a search, the pins", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const socket = await ben.socket(room.log);
      const files = [await notes(ada, "c.txt"), await notes(ada, "a.txt"), await notes(ada, "b.txt")];
      const ids = files.map(({ id }) => id);
      const sent = await say(ada, room, "Three worksheets", { attachments: ids });
      await room.host.ask("PUT", `/api/chat/messages/${sent.id}/pin/`);
      const heard = await socket.next("chat_message");
      const [found] = (await ben.ask<{ results: Message[] }>("GET", "/api/chat/search/?q=worksheets")).results;
      const [pinned] = (await ben.ask<{ results: Message[] }>("GET", `${room.path}pins/`)).results;
      const last = (await ben.ask<{ last_message: Message }>("GET", room.path)).last_message;
      for (const message of [sent, heard.message, found, pinned, last, (await history(ben, room)).at(-1)]) {
        expect(message?.attachments.map(({ id }) => id)).toEqual(ids);
      }
    });

    test("a socket sends files as a request does, in rooms and in private", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const socket = await ada.socket();
      socket.send({ type: "chat_message", room: room.id, content: "", attachments: [(await notes(ada)).id] });
      await socket.next("ack");
      expect((await history(ben, room)).at(-1)?.attachments).toHaveLength(1);
      const thread = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", {
        user_id: ben.id,
        room_id: room.id,
      });
      const file = await notes(ada);
      socket.send({ type: "private_message", thread: thread.id, content: "", attachments: [file.id] });
      await socket.next("ack");
      expect([await had(ben, file.url), await had(room.host, file.url)]).toEqual([200, 404]);
    });

    test("one's own files are sent once, and others' never", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const [mine, bens] = [await notes(ada), await notes(ben)];
      const path = `${room.path}messages/`;
      const send = async (...attachments: string[]) => {
        const { status, body } = await ada.call<{ fields?: object }>("POST", path, { content: "x", attachments });
        return [status, Object.keys(body.fields ?? {})];
      };
      expect(await send(bens.id)).toEqual([400, ["attachments"]]);
      expect(await send(mine.id, bens.id)).toEqual([400, ["attachments"]]);
      expect(await send("no-file-has-such-an-id")).toEqual([400, ["attachments"]]);
      expect(await send(mine.id, mine.id)).toEqual([400, ["attachments"]]);
      expect(await send(mine.id)).toEqual([201, []]);
      expect(await send(mine.id)).toEqual([400, ["attachments"]]);
      expect(await had(ada, bens.url)).toBe(404);
    });

    test("of two messages that take the same file at once only one gets it", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const [one, two] = [await school().room([ada, ben]), await school().room([ada, ben])];
      const { id } = await notes(ada);
      const sent = await Promise.all(
        [one, two, one, two].map((room) =>
          ada.call("POST", `${room.path}messages/`, { content: "x", attachments: [id] }),
        ),
      );
      expect(sent.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 400, 400, 400]);
    });

    test("the same client_id with other files is a conflict, with the same ones the first answer", async () => {
      const ada = await school().person();
      const room = await school().room([ada]);
      const [one, two] = [await notes(ada), await notes(ada)];
      const draft = { content: "", client_id: randomUUID(), attachments: [one.id, two.id] };
      const first = await ada.call<Message>("POST", `${room.path}messages/`, draft);
      const again = await ada.call<Message>("POST", `${room.path}messages/`, draft);
      expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
      for (const change of [{ attachments: [two.id, one.id] }, { attachments: [one.id] }, { content: "Words" }]) {
        expect((await ada.call("POST", `${room.path}messages/`, { ...draft, ...change })).status).toBe(409);
      }
    });

    test("a room without files or without voice messages says so, to its private threads as well", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const thread = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", {
        user_id: ben.id,
        room_id: room.id,
      });
      const paths = [`${room.path}messages/`, `/api/chat/private-threads/${thread.id}/messages/`];
      const codes = async (file: Attachment) =>
        Promise.all(
          paths.map(
            async (path) => (await ada.call("POST", path, { content: "", attachments: [file.id] })).body["code"],
          ),
        );
      await room.host.ask("PATCH", room.path, { allow_uploads: false });
      expect(await codes(await notes(ada))).toEqual(["uploads_off", "uploads_off"]);
      const voice = await recording(ada);
      await room.host.ask("PATCH", room.path, { allow_uploads: true, allow_voice: false });
      expect(await codes(voice)).toEqual(["voice_off", "voice_off"]);
      await room.host.ask("PATCH", room.path, { allow_uploads: false, allow_voice: true });
      expect((await say(ada, room, "", { attachments: [voice.id] })).attachments[0]?.kind).toBe("voice");
    });

    test("a message with files may lose its words and keeps its files; one without must say something", async () => {
      const ada = await school().person();
      const room = await school().room([ada]);
      const sent = await say(ada, room, "Look!", { attachments: [(await notes(ada)).id] });
      const path = `/api/chat/messages/${sent.id}/`;
      const edited = await ada.ask<Message>("PATCH", path, { content: " " });
      expect([edited.content, edited.attachments]).toEqual(["", sent.attachments]);
      const plain = await say(ada, room, "Only words.");
      expect((await ada.call("PATCH", `/api/chat/messages/${plain.id}/`, { content: " " })).body).toMatchObject({
        fields: { content: ["Must not be blank."] },
      });
    });

    test("a page of history asks as many questions with files as without", async () => {
      const ada = await school().person();
      const room = await school().room([ada]);
      for (let i = 0; i < 3; i++)
        await say(ada, room, "", { attachments: [(await notes(ada)).id, (await notes(ada)).id] });
      const { results } = await ada.ask<{ results: Message[] }>("GET", `${room.path}messages/?limit=2`);
      expect(results.map(({ attachments }) => attachments.length)).toEqual([2, 2]);
    });
  });

  describe("voice messages", () => {
    test("keep how long and how loud they are, and are played in the page", async () => {
      const ada = await school().person();
      const room = await school().room([ada]);
      const file = await recording(ada, { duration_ms: "12500", waveform: "[0,50,100]" });
      expect(file).toMatchObject({ kind: "voice", mime: "audio/ogg", name: "voice.ogg", duration_ms: 12_500 });
      expect(file.waveform).toEqual([0, 50, 100]);
      await say(ada, room, "", { attachments: [file.id] });
      const { headers } = await download(by(ada), file.url);
      expect([headers.get("content-type"), headers.get("content-disposition")]).toEqual([
        "audio/ogg",
        "inline; filename=voice.ogg",
      ]);
    });

    test("must be recordings, and pictures pictures", async () => {
      const ada = await school().person();
      for (const kind of ["voice", "image"]) {
        const { status, body } = await tryUpload(by(ada), { bytes: NOTES, name: "a.ogg", fields: { kind } });
        expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
      }
      const page = await tryUpload(by(ada), { bytes: "<!doctype html><p>Hello", name: "photo.png" });
      expect([page.status, page.body.detail]).toEqual([415, expect.stringContaining("PDF")]);
      const long = { duration_ms: "600001", kind: "voice" };
      expect((await tryUpload(by(ada), { bytes: OPUS, name: "a.ogg", fields: long })).status).toBe(400);
    });
  });

  describe("who may have a file", () => {
    test("until it is sent its uploader alone, who may throw it away", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const file = await notes(ada);
      expect([await had(ada, file.url), await had(ben, file.url)]).toEqual([200, 404]);
      expect((await ben.call("DELETE", `${UPLOADS}${file.id}/`)).status).toBe(404);
      expect((await ada.call("DELETE", `${UPLOADS}${file.id}/`)).status).toBe(204);
      expect([await had(ada, file.url), (await ada.call("DELETE", `${UPLOADS}${file.id}/`)).status]).toEqual([
        404, 404,
      ]);
    });

    test.each(["leave", "kick", "deletion", "deactivation", "the end of the room"])(
      "nobody any more at once after %s: whole, in part or as a thumbnail",
      async (how) => {
        const [ada, ben] = (await school().people(2)) as [Person, Person];
        const room = await school().room([ada, ben]);
        const { file, message } = await sentBy(ada, room);
        expect(await statuses(ben, file)).toEqual(ALL);
        if (how === "leave") await ben.ask("POST", `${room.path}leave/`);
        if (how === "kick") await room.host.ask("POST", `${room.path}kick/${ben.id}/`);
        if (how === "deletion") await ada.ask("DELETE", `/api/chat/messages/${message.id}/`);
        if (how === "the end of the room") await room.host.ask("DELETE", room.path);
        const admin = await school().person("admin");
        if (how === "deactivation") await admin.ask("PATCH", `/api/users/${ben.id}/`, { is_active: false });
        expect(await statuses(ben, file)).toEqual(how === "deactivation" ? NONE.map(() => 401) : NONE);
        // Its sender keeps it where a membership ended; where the message is gone, nobody does.
        const isGone = how === "deletion" || how === "the end of the room";
        expect(await statuses(ada, file)).toEqual(isGone ? NONE : ALL);
      },
    );

    test("a deleted message has no files in any view", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const { message } = await sentBy(ada, room);
      const answer = await say(ben, room, "This one?", { reply_to: message.id });
      await ada.ask("DELETE", `/api/chat/messages/${message.id}/`);
      const [gone, quoting] = (await history(ben, room)).slice(-2);
      expect([gone?.deleted, gone?.attachments]).toEqual([true, []]);
      expect([quoting?.id, quoting?.reply_preview?.excerpt]).toEqual([answer.id, ""]);
    });

    test("in private the two of them alone, also the one who had to leave the room", async () => {
      const [ada, ben, cleo] = (await school().people(3)) as [Person, Person, Person];
      const room = await school().room([ada, ben, cleo]);
      const thread = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", {
        user_id: ben.id,
        room_id: room.id,
      });
      const file = await notes(ada);
      await plantThumbs(school().kit, file.id);
      await whisper(ada, thread, "", { attachments: [file.id] });
      await room.host.ask("POST", `${room.path}kick/${ben.id}/`);
      expect(await statuses(ben, file)).toEqual(ALL);
      expect(await statuses(cleo, file)).toEqual(NONE);
      expect(await statuses(room.host, file)).toEqual(NONE);
    });

    test("nobody while it is checked, and nobody ever where it was blocked", async () => {
      const ada = await school().person();
      const room = await school().room([ada]);
      const { file } = await sentBy(ada, room);
      for (const [state, code] of [
        ["scanning", "attachment_not_ready"],
        ["quarantined", "attachment_blocked"],
      ] as const) {
        await school().kit.db.write((tx) =>
          tx.updateTable("attachments").set({ state }).where("id", "=", file.id).executeTakeFirstOrThrow(),
        );
        for (const path of doorsOf(file)) {
          const { status, body } = await ada.call("GET", path);
          expect([status, body["code"]]).toEqual([409, code]);
        }
      }
    });
  });
});
