// How files are answered, whole and in part, and how uploads that come twice or all at once are.
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { SIZES } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { eachSchool, type Person } from "../kit/school.ts";
import { download, plantThumbs, tryUpload, upload } from "../kit/uploads.ts";

const NOTES = "Photosynthesis\n\nLight, water, air.\n";

eachSchool((school) => {
  const by = (person: Person) => ({ url: school().url, token: person.token });
  const notes = (person: Person, name = "notes.txt", bytes: string = NOTES) => upload(by(person), { bytes, name });
  const had = async (person: Person, path: string, headers = {}) => (await download(by(person), path, headers)).status;

  describe("parts of a file", () => {
    test("are answered as asked, and what is not in it is said to be not", async () => {
      const ada = await school().person();
      const { url } = await notes(ada, "digits.txt", "0123456789");
      const part = async (range: string) => {
        const { status, headers, bytes } = await download(by(ada), url, { range });
        return [status, headers.get("content-range"), status === 416 ? null : bytes.toString()];
      };
      expect(await part("bytes=0-0")).toEqual([206, "bytes 0-0/10", "0"]);
      expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
      expect(await part("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
      expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
      expect(await part("bytes=-30")).toEqual([206, "bytes 0-9/10", "0123456789"]);
      expect(await part("bytes=8-1000")).toEqual([206, "bytes 8-9/10", "89"]);
      for (const outside of ["bytes=10-", "bytes=10-20", "bytes=-0"]) {
        expect(await part(outside)).toEqual([416, "bytes */10", null]);
      }
      for (const none of [
        "bytes=4-2",
        "bytes=",
        "bytes=-",
        "lines=1-2",
        "bytes=0-1,3-4",
        "bytes=1e3-",
        "bytes=0x0-4",
      ]) {
        expect(await part(none)).toEqual([200, null, "0123456789"]);
      }
    });

    test("of what has changed since are not given, and what has not changed is not sent again", async () => {
      const ada = await school().person();
      const { url } = await notes(ada, "digits.txt", "0123456789");
      const { headers } = await download(by(ada), url);
      const tag = headers.get("etag") ?? "";
      expect(await had(ada, url, { range: "bytes=0-0", "if-range": tag })).toBe(206);
      expect(await had(ada, url, { range: "bytes=0-0", "if-range": '"other"' })).toBe(200);
      expect(await had(ada, url, { "if-none-match": tag })).toBe(304);
      expect(await had(ada, url, { "if-none-match": '"other"' })).toBe(200);
    });

    test("a HEAD says what a GET would, without a byte", async () => {
      const ada = await school().person();
      const { url } = await notes(ada, "digits.txt", "0123456789");
      const head = await fetch(school().url + url, {
        method: "HEAD",
        headers: { authorization: `Bearer ${ada.token}` },
      });
      const { headers } = await download(by(ada), url);
      for (const name of ["content-length", "content-type", "content-disposition", "etag", "content-security-policy"]) {
        expect([name, head.headers.get(name)]).toEqual([name, headers.get(name)]);
      }
      expect([head.status, await head.text()]).toEqual([200, ""]);
    });

    test("a thumbnail comes in two sizes, as a picture", async () => {
      const ada = await school().person();
      const file = await notes(ada);
      await plantThumbs(school().kit, file.id);
      const sizes = ["", "?size=large"].map((query) => download(by(ada), `${file.url}thumb/${query}`));
      const [small, large] = await Promise.all(sizes);
      expect([small?.bytes.toString(), large?.bytes.toString()]).toEqual(["a small picture", "a large picture"]);
      expect(small?.headers.get("content-type")).toBe("image/webp");
      expect(small?.headers.get("etag")).not.toBe(large?.headers.get("etag"));
      expect(await had(ada, `${file.url}thumb/?size=huge`)).toBe(400);
    });
  });

  describe("many uploads at once", () => {
    test("never are more files waiting than one person may have", async () => {
      const ada = await school().person();
      for (let i = 0; i < SIZES.uploads_unsent - 2; i++) await notes(ada);
      const tries = await Promise.all(
        Array.from({ length: 50 }, () => tryUpload(by(ada), { bytes: NOTES, name: "notes.txt" })),
      );
      expect(tries.filter(({ status }) => status === 201)).toHaveLength(2);
      expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([201, 429]));
      const { count } = await school()
        .kit.db.read.selectFrom("attachments")
        .select((eb) => eb.fn.countAll().as("count"))
        .where("uploader_id", "=", ada.id)
        .executeTakeFirstOrThrow();
      expect(Number(count)).toBe(SIZES.uploads_unsent);
      expect(readdirSync(school().kit.staging).filter((name) => !name.startsWith("picture"))).toEqual([]);
    });
  });

  describe("an upload that is asked for twice", () => {
    test("gives the first answer, and is one file; another file under the same key is a conflict", async () => {
      const ada = await school().person();
      const headers = { "idempotency-key": randomUUID() };
      const send = (bytes: string, name = "notes.txt", fields = {}) =>
        tryUpload(by(ada), { bytes, name, fields, headers });
      const first = await send(NOTES);
      const again = await send(NOTES);
      expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
      expect((await send("Other words.")).status).toBe(409);
      expect((await send(NOTES, "other.txt")).status).toBe(409);
      expect((await send(NOTES, "notes.txt", { kind: "document" })).status).toBe(409);
      const rows = await school()
        .kit.db.read.selectFrom("attachments")
        .select("blob")
        .where("uploader_id", "=", ada.id)
        .execute();
      expect(rows).toHaveLength(1);
      const kept: string[] = [];
      for await (const { key } of school().kit.files.list()) kept.push(key);
      const known = await school().kit.db.read.selectFrom("attachments").select("blob").execute();
      const blobs = new Set(known.map(({ blob }) => blob));
      expect(kept.filter((key) => !blobs.has(key.replace(/-[sl]$/, "")))).toEqual([]);
    });
  });
});
