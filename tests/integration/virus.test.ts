// Malware from its upload to everybody who waits for it, with the real clamd: found, held while clamd is away, and never
// handed to anybody.
import type { Attachment, Message } from "@homeroom/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Clamd, EICAR, startClamd } from "../kit/clamd.ts";
import { someOf } from "../kit/extent.ts";
import { openSchool, type Person, type School } from "../kit/school.ts";
import { download, upload, UPLOADS } from "../kit/uploads.ts";

/** A file that is held is tried again after some seconds, with growing pauses. */
const HELD = { timeout: 45_000, interval: 200 };
const HARMLESS = "Photosynthesis\n\nLight, water, air.\n";

let clamd: Clamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd?.dispose());

/** The gate takes the first; what differs between the two is tried with the queue and the rows. */
describe.each(someOf(["sqlite", "postgres"] as const, 2))("on %s", (dialect) => {
  let school: School;
  let ada: Person;
  let ben: Person;
  beforeAll(async () => {
    school = await openSchool(dialect, { CLAMAV_URL: clamd.url });
  });
  afterAll(() => school?.close());
  beforeEach(async () => {
    [ada, ben] = (await school.people(2)) as [Person, Person];
  });
  afterEach(() => clamd.start());

  const by = ({ token }: Person) => ({ url: school.url, token });
  const refusal = async (who: Person, { url }: Attachment) => {
    const { status, bytes } = await download(by(who), url);
    expect(bytes.includes(EICAR)).toBe(false);
    return [status, (JSON.parse(bytes.toString()) as { code: string }).code];
  };
  const scannerPart = async () => {
    const answer = await fetch(`${school.url}/readyz`);
    const { parts } = (await answer.json()) as { parts: Record<string, { ok: boolean; detail?: string }> };
    return { status: answer.status, ...parts["scanner"] };
  };

  test("it is found whatever it is called, its uploader is told, and nobody can have it or send it", async () => {
    const room = await school.room([ada, ben]);
    const socket = await ada.socket();
    expect(await scannerPart()).toEqual({ status: 200, ok: true });
    for (const name of ["homework.txt", "holiday.png"]) {
      const file = await upload(by(ada), { bytes: EICAR, name });
      expect(file).toMatchObject({ state: "scanning", problem: null });
      const { attachment } = await socket.next("upload_updated");
      expect(attachment).toEqual({ ...file, state: "quarantined", problem: "infected" });
      expect(await refusal(ada, file)).toEqual([409, "attachment_blocked"]);
      expect(await refusal(ben, file)).toEqual([404, "not_found"]);
      const body = { content: "Look", attachments: [file.id] };
      const sent = await ada.call<{ fields?: object }>("POST", `${room.path}messages/`, body);
      expect([sent.status, Object.keys(sent.body.fields ?? {})]).toEqual([400, ["attachments"]]);
      expect((await ada.call("DELETE", `${UPLOADS}${file.id}/`)).status).toBe(204);
      expect(await refusal(ada, file)).toEqual([404, "not_found"]);
    }
  });

  test("a clean file is there after its check", async () => {
    const socket = await ada.socket();
    const file = await upload(by(ada), { bytes: HARMLESS, name: "notes.txt" });
    expect(file.state).toBe("scanning");
    expect((await socket.next("upload_updated")).attachment).toEqual({ ...file, state: "ready" });
    expect((await download(by(ada), file.url)).bytes.toString()).toBe(HARMLESS);
  });

  test("while clamd is away files are held, also in messages; back again it tells everybody what became of them", async () => {
    const room = await school.room([ada, ben]);
    await clamd.stop();
    expect(await scannerPart()).toMatchObject({ status: 200, ok: false, detail: /clamd cannot be reached/ });
    const clean = await upload(by(ada), { bytes: HARMLESS, name: "notes.txt" });
    const bad = await upload(by(ada), { bytes: EICAR, name: "more.txt" });
    const waiting = await upload(by(ada), { bytes: EICAR, name: "unsent.txt" });
    const [adas, bens] = [await ada.socket(), await ben.socket()];
    const body = { content: "Both", attachments: [clean.id, bad.id] };
    const sent = await ada.ask<Message>("POST", `${room.path}messages/`, body);
    expect((await bens.next("chat_message")).message.attachments.map(({ state }) => state)).toEqual([
      "scanning",
      "scanning",
    ]);
    for (const file of [clean, bad]) expect(await refusal(ben, file)).toEqual([409, "attachment_not_ready"]);
    expect(await refusal(ada, waiting)).toEqual([409, "attachment_not_ready"]);

    await clamd.start();
    expect(await scannerPart()).toEqual({ status: 200, ok: true });
    const states = (who: typeof bens) =>
      Object.fromEntries(
        who.of("attachment_updated").map(({ message_id, attachment: { id, state } }) => [id, [message_id, state]]),
      );
    const expected = { [clean.id]: [sent.id, "ready"], [bad.id]: [sent.id, "quarantined"] };
    await expect.poll(() => states(bens), HELD).toEqual(expected);
    await expect.poll(() => states(adas), HELD).toEqual(expected);
    await expect
      .poll(() => adas.of("upload_updated").map(({ attachment }) => attachment), HELD)
      .toEqual([{ ...waiting, state: "quarantined", problem: "infected" }]);
    expect(bens.of("upload_updated")).toEqual([]);
    const { results } = await ben.ask<{ results: Message[] }>("GET", `${room.path}messages/`);
    expect(results.at(-1)?.attachments).toEqual([
      { ...clean, state: "ready" },
      { ...bad, state: "quarantined", problem: "infected" },
    ]);
    expect((await download(by(ben), clean.url)).bytes.toString()).toBe(HARMLESS);
    expect(await refusal(ben, bad)).toEqual([409, "attachment_blocked"]);
    expect(await refusal(ada, bad)).toEqual([409, "attachment_blocked"]);
  });

  test("a clamd that dies in the middle of a file passes nothing; the next one looks at it anew", async () => {
    const socket = await ada.socket();
    clamd.freeze();
    const clean = await upload(by(ada), { bytes: "A line of notes.\n".repeat(600_000), name: "long.txt" });
    const bad = await upload(by(ada), { bytes: EICAR, name: "short.txt" });
    expect(await scannerPart()).toMatchObject({ status: 200, ok: false });
    await clamd.stop();
    expect(await refusal(ada, clean)).toEqual([409, "attachment_not_ready"]);
    expect(await refusal(ada, bad)).toEqual([409, "attachment_not_ready"]);
    await clamd.start();
    const states = () =>
      Object.fromEntries(socket.of("upload_updated").map(({ attachment: { id, state } }) => [id, state]));
    await expect.poll(states, HELD).toEqual({ [clean.id]: "ready", [bad.id]: "quarantined" });
  });
});
