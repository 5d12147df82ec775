// Over five hundred hostile files against a whole server: each is refused as it must be, or harmless in others' hands.
import { existsSync, readdirSync } from "node:fs";
import type { Attachment } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALL_HOSTILE_FILES, HOSTILE_FILES, type HostileFile } from "../kit/hostile-files.ts";
import { ALLOWED } from "../kit/hostile-files/masks.ts";
import { PNG } from "../kit/hostile-files/pictures.ts";
import { type Outcome, wrongHeaders, wrongName, wrongOutcome } from "../kit/hostile-verdict.ts";
import { type Classroom, openSchool, type Person, type School } from "../kit/school.ts";
import { inParallel, sendHostile } from "../kit/hostile-uploads.ts";

const AT_ONCE = 4;
let school: School;
let room: Classroom;
/** Each sends for a part of the files; the last one only reads. */
let senders: Person[];
let reader: Person;

beforeAll(async () => {
  school = await openSchool("sqlite");
  senders = await school.people(AT_ONCE);
  reader = await school.person();
  room = await school.room([...senders, reader]);
});
afterAll(() => school.close());

const send = (by: Person, ...ids: string[]) =>
  by.call<{ id: number; attachments: Attachment[] }>("POST", `${room.path}messages/`, {
    content: "",
    attachments: ids,
  });

/** As its message shows it, when it is no longer looked at. */
const settled = async (message: number): Promise<Attachment> => {
  let found: Attachment | undefined;
  const look = async () => {
    const list = await reader.ask<{ results: { id: number; attachments: Attachment[] }[] }>(
      "GET",
      `${room.path}messages/?around=${message}&limit=1`,
    );
    found = list.results.find(({ id }) => id === message)?.attachments[0];
    return found?.state;
  };
  await expect.poll(look, { timeout: 25_000, interval: 60 }).toMatch(/ready|quarantined/);
  return found as Attachment;
};

const outcomeOf = async (file: HostileFile, by: Person): Promise<Outcome> => {
  const answer = await sendHostile(school.url, by.token, file);
  if (answer.status !== 201) return { is: "refused", answer };
  const sent = await send(by, answer.body.id ?? "");
  if (sent.status === 400) return { is: "blocked", attachment: answer.body as Attachment };
  if (sent.status !== 201) throw new Error(`${file.what}: ${sent.status} when it was sent`);
  const attachment = await settled(sent.body.id);
  return { is: attachment.state === "ready" ? "served" : "blocked", attachment };
};

const fetchAs = (person: Person, path: string, method = "GET", headers: Record<string, string> = {}) =>
  fetch(school.url + path, { method, headers: { authorization: `Bearer ${person.token}`, ...headers } });

/** What a member gets, whole and in part. */
const wrongAnswers = async (attachment: Attachment): Promise<string[]> => {
  const whole = await fetchAs(reader, attachment.url);
  const bytes = await whole.arrayBuffer();
  const found = [`${whole.status}`].filter((status) => status !== "200");
  found.push(...wrongHeaders(attachment, whole.headers));
  if (bytes.byteLength !== attachment.size) found.push(`${bytes.byteLength} bytes came, ${attachment.size} were told`);
  const part = await fetchAs(reader, attachment.url, "GET", { range: "bytes=0-0" });
  if (part.status !== 206 || (await part.arrayBuffer()).byteLength !== 1) found.push(`a part: ${part.status}`);
  found.push(...wrongHeaders(attachment, part.headers));
  const head = await fetchAs(reader, attachment.url, "HEAD");
  if (head.status !== 200) found.push(`HEAD: ${head.status}`);
  if (attachment.thumb_url) {
    const thumb = await fetchAs(reader, attachment.thumb_url);
    await thumb.arrayBuffer();
    if (thumb.status !== 200) found.push(`its thumbnail: ${thumb.status}`);
    found.push(...wrongHeaders({ ...attachment, mime: "image/webp" }, thumb.headers));
  }
  return found;
};

const faultsOf = async (file: HostileFile, by: Person): Promise<string[]> => {
  const outcome = await outcomeOf(file, by);
  const found = wrongOutcome(file, outcome);
  if (outcome.is === "refused") return found;
  found.push(...wrongName(outcome.attachment.name));
  if (outcome.is === "served") found.push(...(await wrongAnswers(outcome.attachment)));
  if (outcome.is === "blocked") {
    const { status } = await fetchAs(reader, `/api/chat/attachments/${outcome.attachment.id}/`);
    if (![404, 409].includes(status)) found.push(`blocked, and yet handed out: ${status}`);
  }
  return found;
};

const errors = () => school.logged.filter((line) => line.includes(`"level":"error"`));

/** Everything that is wrong with any of them, each with the file's own words. */
const tryAll = async (files: readonly HostileFile[]): Promise<string[]> => {
  const faults: string[] = [];
  await inParallel(files, AT_ONCE, async (file, index) => {
    const found = await faultsOf(file, senders[index % AT_ONCE] as Person).catch((error: unknown) => [String(error)]);
    faults.push(...found.map((fault) => `${file.what}: ${fault}`));
  });
  return faults;
};

const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []))
    : [];

/** That every blob belongs to a row and every row has its blob, and that nothing lies on the way. */
const leftovers = async (): Promise<string[]> => {
  const rows = await school.kit.db.read.selectFrom("attachments").select(["blob", "has_thumbs", "state"]).execute();
  const wanted = new Set(
    rows.flatMap(({ blob, has_thumbs }) => (has_thumbs ? [blob, `${blob}-s`, `${blob}-l`] : [blob])),
  );
  const found: string[] = filesUnder(school.kit.staging).map((name) => `on the way: ${name}`);
  for await (const { key } of school.kit.files.list()) if (!wanted.delete(key)) found.push(`nobody's: ${key}`);
  const kept = new Set(rows.flatMap(({ blob, state }) => (state === "ready" ? [blob] : [])));
  return [...found, ...[...wanted].filter((key) => kept.has(key)).map((key) => `missing: ${key}`)];
};

describe("Hostile files", { timeout: 180_000 }, () => {
  it("are over two hundred, and no two are the same", () => {
    expect(ALL_HOSTILE_FILES.length).toBeGreaterThan(400);
    expect(new Set(ALL_HOSTILE_FILES.map(({ what }) => what)).size).toBe(ALL_HOSTILE_FILES.length);
  });

  it.each(Object.entries(HOSTILE_FILES))("of the kind “%s” are refused, or harm nobody", async (_, files) => {
    expect(await tryAll(files)).toEqual([]);
    expect(errors()).toEqual([]);
    expect((await fetch(`${school.url}/healthz`)).status).toBe(200);
  });

  it("leave nothing on the disk but what was taken", async () => {
    await expect.poll(leftovers, { timeout: 20_000 }).toEqual([]);
    const rows = await school.kit.db.read.selectFrom("attachments").select("id").execute();
    expect(rows.length).toBeGreaterThan(100);
  });

  it("are what their bytes are, whatever name and type are told", async () => {
    const seen = new Set<string>();
    for (const [name, type] of [...ALLOWED, ["a.html", "text/html"], ["a.svg", "image/svg+xml"], ["x", ""]] as const) {
      const file: HostileFile = {
        what: name,
        name,
        type,
        bytes: () => [PNG],
        must: { refused: [], blocked: false, served: [] },
      };
      const { status, body } = await sendHostile(school.url, reader.token, file);
      seen.add(`${status} ${body.kind} ${body.mime} ${body.name?.split(".").at(-1)}`);
      await reader.call("DELETE", `/api/chat/uploads/${body.id}/`);
    }
    expect([...seen]).toEqual(["201 image image/png png"]);
  });
});
