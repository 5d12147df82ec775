// A photo from its upload to those who see it: what it told of its maker is gone, and so is what was uploaded.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Message } from "@homeroom/protocol";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSchool, type Person, type School } from "../kit/school.ts";
import { download, upload } from "../kit/uploads.ts";

const TELLTALE = "SECRET-MAKER";
/** As a telephone takes one that is held upright: it lies on its side, and says so. */
const photo = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: "#3a7" } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: TELLTALE },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1", GPSLongitudeRef: "E", GPSLongitude: "13/1 24/1 0/1" },
    })
    .jpeg()
    .toBuffer();

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let school: School;
  let ada: Person;
  let ben: Person;
  beforeAll(async () => {
    school = await openSchool(dialect);
    [ada, ben] = (await school.people(2)) as [Person, Person];
  });
  afterAll(() => school?.close());

  const by = ({ token }: Person) => ({ url: school.url, token });

  test("a photo is turned upright and tells nothing but its pixels; its size is known before it is there", async () => {
    const bytes = await photo();
    expect(bytes.includes(TELLTALE)).toBe(true);
    const room = await school.room([ada, ben]);
    const bens = await ben.socket();
    const uploaded = await upload(by(ada), { bytes, name: "IMG_1234.JPG" });
    expect(uploaded).toMatchObject({ kind: "image", mime: "image/jpeg", width: 600, height: 900, state: "scanning" });
    const body = { content: "", attachments: [uploaded.id] };
    const sent = await ada.ask<Message>("POST", `${room.path}messages/`, body);
    // Where the check is quicker than the message, nobody has to be told.
    if (sent.attachments[0]?.state === "scanning") await bens.next("attachment_updated");

    const { results } = await ben.ask<{ results: Message[] }>("GET", `${room.path}messages/`);
    const file = results.at(-1)?.attachments[0];
    expect(file).toMatchObject({ state: "ready", width: 600, height: 900, name: "IMG_1234.JPG", problem: null });
    expect(file?.placeholder).toMatch(/^data:image\/webp;base64,/);
    const [whole, thumb, large] = await Promise.all(
      [file?.url ?? "", file?.thumb_url ?? "", `${file?.thumb_url}?size=large`].map((path) => download(by(ben), path)),
    );
    expect([whole?.status, thumb?.status, large?.status]).toEqual([200, 200, 200]);
    expect(whole?.bytes.length).toBe(file?.size);
    const [seen, small] = await Promise.all([sharp(whole?.bytes).metadata(), sharp(thumb?.bytes).metadata()]);
    expect(seen).toMatchObject({ format: "jpeg", width: 600, height: 900 });
    expect([seen.exif, seen.orientation, seen.icc, seen.xmp]).toEqual([undefined, undefined, undefined, undefined]);
    expect(small).toMatchObject({ format: "webp", height: 340 });
  });

  test("what was uploaded is nowhere on the disk any more", async () => {
    const folder = school.kit.config.dataDir;
    const entries = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) expect((await readFile(file)).includes(TELLTALE)).toBe(false);
  });
});
