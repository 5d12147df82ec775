// Pictures on their way: checked after the upload, before or after they are sent, and nobody misses that they are there.
import type { Attachment, Message, PrivateThread, ServerFrame } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { png } from "../kit/png.ts";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";
import { say, whisper } from "../kit/story.ts";
import { download, upload } from "../kit/uploads.ts";

/** The last that somebody heard of each file of a log, from its message and what came after. */
const heard = (frames: readonly ServerFrame[]): Map<string, Attachment> => {
  const files = new Map<string, Attachment>();
  for (const frame of frames) {
    if (frame.type === "chat_message" || frame.type === "private_message") {
      for (const file of frame.message.attachments) files.set(file.id, file);
    }
    if (frame.type === "attachment_updated") files.set(frame.attachment.id, frame.attachment);
  }
  return files;
};

eachSchool((school) => {
  const by = (person: Person) => ({ url: school().url, token: person.token });
  const picture = (person: Person, name = "leaf.png", hue = 0) =>
    upload(by(person), { bytes: png(640, 480, hue), name });
  const messages = async (person: Person, { path }: Pick<Classroom, "path">) =>
    (await person.ask<{ results: Message[] }>("GET", `${path}messages/`)).results;

  test("a picture is checked after it came; its uploader alone hears of it, on all their sockets", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const mine = [await ada.socket(), await ada.socket()];
    const others = [await ben.socket(), await ben.socket(room.log)];
    const file = await picture(ada);
    expect(file).toMatchObject({ kind: "image", state: "scanning", width: 640, height: 480, thumb_url: null });
    for (const socket of mine) {
      const { attachment } = await socket.next("upload_updated");
      expect(attachment).toMatchObject({ id: file.id, state: "ready", width: 640, height: 480 });
      expect(attachment.placeholder).toMatch(/^data:image\/\w+;base64,/);
      expect((await download(by(ada), attachment.thumb_url ?? "")).headers.get("content-type")).toBe("image/webp");
      const whole = await download(by(ada), attachment.url);
      expect([whole.status, whole.headers.get("content-disposition")?.startsWith("inline")]).toEqual([200, true]);
      expect(whole.bytes.length).toBe(attachment.size);
    }
    for (const socket of others) {
      await socket.settled();
      expect(socket.frames.filter(({ type }) => type === "upload_updated")).toEqual([]);
    }
  });

  test("sent before it was checked, everybody who reads hears when it is there, in the room and in private", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const thread = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", {
      user_id: ben.id,
      room_id: room.id,
    });
    const [reader, host] = [await ben.socket(), await room.host.socket()];
    const [open, secret] = [await picture(ada, "open.png", 1), await picture(ada, "secret.png", 2)];
    await say(ada, room, "", { attachments: [open.id] });
    await whisper(ada, thread, "", { attachments: [secret.id] });
    const state = (id: string) => heard(reader.frames).get(id)?.state;
    await expect.poll(() => [state(open.id), state(secret.id)]).toEqual(["ready", "ready"]);
    await expect.poll(() => heard(host.frames).get(open.id)?.state).toBe("ready");
    expect(heard(host.frames).has(secret.id)).toBe(false);
    const fetched = (await messages(ben, room)).at(-1)?.attachments[0];
    expect(heard(reader.frames).get(open.id)).toEqual(fetched);
    const resumed = await ben.socket();
    await resumed.resume(room.log, room.epoch, 0);
    expect(heard(resumed.events(room.log)).get(open.id)).toEqual(fetched);
  });

  test("whenever it is sent, before, while or after it is checked, all end with the same file", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const reader = await ben.socket(room.log);
    const sendAfter = async (ms: number): Promise<string> => {
      const { id } = await picture(ada, `${ms}.png`, ms % 6);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await say(ada, room, `After ${ms} ms`, { attachments: [id] });
      return id;
    };
    const ids = await Promise.all([0, 5, 20, 50, 100].map(sendAfter));
    const ready = () => ids.filter((id) => heard(reader.frames).get(id)?.state === "ready");
    await expect.poll(() => ready().length, { timeout: 20_000 }).toBe(ids.length);
    const fetched = (await messages(ben, room)).flatMap(({ attachments }) => attachments);
    expect(Object.fromEntries(heard(reader.frames))).toEqual(
      Object.fromEntries(fetched.map((file) => [file.id, file])),
    );
    const blobs = await school()
      .kit.db.read.selectFrom("attachments")
      .select("blob")
      .where("uploader_id", "=", ada.id)
      .execute();
    const kept: string[] = [];
    for await (const { key } of school().kit.files.list()) kept.push(key);
    for (const { blob } of blobs) expect(kept.filter((key) => key.startsWith(blob))).toHaveLength(3);
  });

  test("one that is no whole picture is blocked for everybody, and cannot be sent afterwards", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const reader = await ben.socket(room.log);
    const { kit } = school();
    const { id, url } = await upload(by(ada), { bytes: png(640, 480).subarray(0, -40), name: "cut.png" });
    const said = async (person: Person) => (await person.call<{ code: string }>("GET", url)).body.code;
    const send = () => ada.call("POST", `${room.path}messages/`, { content: "Look", attachments: [id] });
    await expect.poll(() => said(ada)).toBe("attachment_blocked");
    expect((await send()).status).toBe(400);
    // As if it had been sent while it was looked at.
    const again = { state: "scanning", problem: null } as const;
    await kit.db.write((tx) => tx.updateTable("attachments").set(again).where("id", "=", id).executeTakeFirstOrThrow());
    expect((await send()).status).toBe(201);
    await kit.db.write((tx) => kit.queue.add(tx, "check_attachment", id));
    kit.queue.wake();
    await expect.poll(() => heard(reader.frames).get(id)?.problem).toBe("unreadable");
    expect([await said(ada), await said(ben)]).toEqual(["attachment_blocked", "attachment_blocked"]);
  });

  test("of a message that was deleted meanwhile nobody hears anything more, live or resumed", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const reader = await ben.socket(room.log);
    const file = await picture(ada, "gone.png");
    const sent = await say(ada, room, "Oops", { attachments: [file.id] });
    await ada.ask("DELETE", `/api/chat/messages/${sent.id}/`);
    const state = async () =>
      (
        await school()
          .kit.db.read.selectFrom("attachments")
          .select("state")
          .where("id", "=", file.id)
          .executeTakeFirstOrThrow()
      ).state;
    await expect.poll(state).toBe("ready");
    const last = await say(ada, room, "Never mind.");
    await reader.reaches(room.log, last.seq);
    const gone = reader.frames.findIndex(({ type }) => type === "message_deleted");
    expect(reader.frames.slice(gone).filter(({ type }) => type === "attachment_updated")).toEqual([]);
    const resumed = await ben.socket();
    await resumed.resume(room.log, room.epoch, 0);
    expect(JSON.stringify(resumed.frames)).not.toContain("gone.png");
    expect((await download(by(ada), file.url)).status).toBe(404);
  });
});
