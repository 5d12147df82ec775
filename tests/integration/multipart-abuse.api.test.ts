// Forms as no browser sends them: each is refused in plain words or read as it is meant, and leaves nothing behind.
import { readdirSync } from "node:fs";
import { SIZES } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PNG } from "../kit/hostile-files/pictures.ts";
import { lines, parts, types, wholes } from "../kit/odd-forms.ts";
import { END, filePart, FORM, rawUpload, whole } from "../kit/raw-forms.ts";
import { openSchool, type Person, type School } from "../kit/school.ts";

const form = (...some: string[]) => whole(some.join(""), FORM);

let school: School;
let person: Person;
const uploaders = new Map<number, Person>();
const newcomer = async (): Promise<Person> => {
  const one = await school.person();
  uploaders.set(one.id, one);
  return one;
};
beforeAll(async () => {
  school = await openSchool("sqlite");
  person = await newcomer();
});
afterAll(() => school.close());

const counted = async () => {
  const rows = await school.kit.db.read.selectFrom("attachments").select("id").execute();
  let blobs = 0;
  for await (const _ of school.kit.files.list()) blobs += 1;
  return { rows: rows.length, blobs, staging: readdirSync(school.kit.staging) };
};

/** Taken ones are thrown away again, or nobody could upload any more. */
const clear = async () => {
  const rows = await school.kit.db.read.selectFrom("attachments").select(["id", "uploader_id"]).execute();
  await Promise.all(
    rows.map(({ id, uploader_id }) =>
      (uploaders.get(uploader_id) ?? person).call("DELETE", `/api/chat/uploads/${id}/`),
    ),
  );
  await expect.poll(counted).toEqual({ rows: 0, blobs: 0, staging: [] });
};

const errors = () => school.logged.filter((line) => line.includes(`"level":"error"`));

describe("A form", () => {
  it("is tried in eighty ways and more", () => {
    expect(types.length + wholes.length + parts.length + lines.length).toBeGreaterThanOrEqual(80);
  });

  it.each([
    ["types", types],
    ["beginnings and ends", wholes],
    ["parts", parts],
    ["lines", lines],
  ] as const)("with odd %s is answered as it should be, and leaves nothing behind", async (_, cases) => {
    const faults: string[] = [];
    for (const [what, sent, statuses] of cases) {
      // One after the other, so that what one leaves behind is not taken for another's.
      /* oxlint-disable no-await-in-loop */
      const { status, code, text } = await rawUpload({ url: school.url, token: person.token, ...sent });
      if (!statuses.includes(status)) faults.push(`${what}: ${status} ${code}`);
      const isOurs = status < 400 || status === 431 || text.includes("Bad Request") || text.startsWith("HTTP/1.1 417");
      if (!isOurs && code === null) faults.push(`${what}: ${status} without a word`);
      await expect.poll(async () => (await counted()).staging, { message: what }).toEqual([]);
      const { rows } = await counted();
      // After a first word to go on, the real answer comes later.
      if (status !== 100 && rows !== (status === 201 ? 1 : 0)) faults.push(`${what}: ${rows} rows after ${status}`);
      await clear();
      /* oxlint-enable no-await-in-loop */
    }
    expect(faults).toEqual([]);
    expect(errors()).toEqual([]);
    expect((await fetch(`${school.url}/healthz`)).status).toBe(200);
  });

  it("that nobody signed is refused before it is read", async () => {
    const { status, code } = await rawUpload({ url: school.url, token: "none", ...form(filePart(), END) });
    expect([status, code]).toEqual([401, "token_invalid"]);
    expect(await counted()).toEqual({ rows: 0, blobs: 0, staging: [] });
  });

  it("that is too large is told so at once, and has time to read that before the connection ends", async () => {
    const piece = "x".repeat(64 * 1024);
    const steps = Array.from({ length: 24 }, () => [piece, { wait: 80 }]).flat();
    const headers = [FORM, "Content-Length: 900000000"];
    const answer = await rawUpload({
      url: school.url,
      token: person.token,
      headers,
      steps: [filePart().slice(0, -2), ...steps],
    });
    expect([answer.status, answer.code]).toEqual([413, "too_large"]);
    expect(answer.isBroken).toBe(false);
    expect(answer.text).toContain(`"limit":${SIZES.upload_bytes}`);
    await expect.poll(counted).toEqual({ rows: 0, blobs: 0, staging: [] });
  });
});

describe("Lines that break", () => {
  it("hold nobody's share of what may be under way", async () => {
    const { headers, steps } = whole(filePart() + END, FORM);
    const cuts = lines.filter(([, , statuses]) => !statuses.includes(201));
    const people = await Promise.all(cuts.map(newcomer));
    const all = cuts.flatMap(([, sent], n) =>
      Array.from({ length: SIZES.uploads_at_once }, () => [sent, people[n]] as const),
    );
    await Promise.all(all.map(([sent, by]) => rawUpload({ url: school.url, token: by?.token ?? "", ...sent })));
    const next = async (by: Person) => (await rawUpload({ url: school.url, token: by.token, headers, steps })).status;
    const stuck = async () => {
      const statuses = await Promise.all(people.map(next));
      return cuts.flatMap(([what], n) => (statuses[n] === 201 ? [] : [what]));
    };
    await expect.poll(stuck, { interval: 300 }).toEqual([]);
    await clear();
  });
});

describe("Fifty uploads at once", () => {
  it("are never more than the share of one person, and each refusal says why", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        rawUpload({ url: school.url, token: person.token, ...form(filePart("a.txt", "x".repeat(100_000)), END) }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 201).length;
    const others = new Set(
      answers.filter(({ status }) => status !== 201).map(({ status, code }) => `${status} ${code}`),
    );
    expect([...others].filter((told) => told !== "429 rate_limited")).toEqual([]);
    expect(taken).toBeGreaterThanOrEqual(SIZES.uploads_at_once);
    const { rows, blobs, staging } = await counted();
    expect({ rows, blobs, staging }).toEqual({ rows: taken, blobs: taken, staging: [] });
    await clear();
  });

  it("fill what may wait to be sent exactly, and not by one more", async () => {
    const other = await newcomer();
    const send = () => rawUpload({ url: school.url, token: other.token, ...form(filePart(), END) });
    const statuses: number[] = [];
    while (statuses.length < 110) {
      // Eleven times as many at once as one person may have under way.
      // oxlint-disable-next-line no-await-in-loop
      const some = await Promise.all(Array.from({ length: SIZES.uploads_at_once * 2 }, send));
      statuses.push(...some.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(SIZES.uploads_unsent);
    expect(new Set(statuses)).toEqual(new Set([201, 429]));
    expect(await counted()).toEqual({ rows: SIZES.uploads_unsent, blobs: SIZES.uploads_unsent, staging: [] });
  });

  it("of one key are one file", async () => {
    const other = await newcomer();
    const sent = whole(filePart("a.png", PNG.toString("latin1"), "image/png") + END, FORM, "Idempotency-Key: the-same");
    const answers = await Promise.all(
      Array.from({ length: SIZES.uploads_at_once }, () => rawUpload({ url: school.url, token: other.token, ...sent })),
    );
    const ids = new Set(answers.flatMap(({ text }) => /"id":"([\w-]{22})"/.exec(text)?.[1] ?? []));
    expect(ids.size).toBeLessThanOrEqual(1);
    expect((await counted()).staging).toEqual([]);
  });
});
