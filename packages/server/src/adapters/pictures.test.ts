// Pictures made anew: upright, in true colours, with nothing of their maker; and a process that may hang or die.
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Logger, MadePicture, Pictures } from "../kit/ports.ts";
import { picturesInProcess } from "./pictures.ts";

const PATIENCE = 60_000;
const quiet = () => undefined;
const silence: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

let folder: string;
let pictures: Pictures;
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-pictures-"));
  pictures = picturesInProcess(silence);
});
afterAll(async () => {
  await pictures.close();
  rmSync(folder, { recursive: true, force: true });
});

const stored = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, `upload-${files++}`);
  await writeFile(path, bytes);
  return path;
};
const make = async (bytes: Uint8Array): Promise<MadePicture> =>
  pictures.make(await stored(bytes), mkdtempSync(join(folder, "made-")));
const probe = async (bytes: Uint8Array) => pictures.probe(await stored(bytes));
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => "none",
    (error: { key?: string; message: string }) => error.key ?? error.message,
  );
const blank = (width: number, height: number, background = "#2a5a3a") =>
  sharp({ create: { width, height, channels: 3, background } });
/** Red on the left, blue on the right. */
const twoSides = (width = 64, height = 32): Promise<Buffer> =>
  blank(width, height, "#f00")
    .composite([
      {
        input: { create: { width: width / 2, height, channels: 3, background: "#00f" } },
        left: width / 2,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
/** A photo as a telephone takes it. */
const photo = (): Sharp =>
  blank(300, 200).withExif({
    IFD0: { Make: "SECRET-MAKER", Copyright: "SECRET-NAME" },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1", GPSLongitudeRef: "E", GPSLongitude: "13/1 24/1 0/1" },
  });
const frames = async (format: "gif" | "webp", count: number, width = 40, height = 30): Promise<Buffer> => {
  const pixels = Buffer.alloc(width * height * count * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * (1 + Math.floor(i / (width * height * 3)))) & 255;
  const raw = { width, height: height * count, channels: 3 as const, pageHeight: height };
  return sharp(pixels, { raw }).toFormat(format, { loop: 0 }).toBuffer();
};

describe("what a photo told of its maker", () => {
  for (const format of ["jpeg", "png", "webp", "avif"] as const) {
    test(
      `is gone from ${format} and its thumbnails, and the colours stay`,
      async () => {
        const icc = { icc: "p3" };
        const before = await photo().withMetadata(icc).keepExif().toFormat(format).toBuffer();
        const told = await photo().toFormat(format).toBuffer();
        expect((await sharp(told).metadata()).exif?.includes("SECRET-MAKER")).toBe(true);
        for (const bytes of [told, before]) {
          const made = await make(bytes);
          expect(made.mime).toBe(`image/${format}`);
          for (const path of [made.picture, made.thumb, made.largeThumb]) {
            const after = await readFile(path);
            const { exif, icc: profile, xmp, iptc, comments } = await sharp(after).metadata();
            expect({ exif, profile, xmp, iptc, comments: comments ?? [] }).toEqual({ comments: [] });
            expect(after.includes("SECRET")).toBe(false);
          }
          const [was, is] = await Promise.all([told, made.picture].map((from) => sharp(from).stats()));
          for (const [i, channel] of (was?.channels ?? []).entries()) {
            expect(Math.abs(channel.mean - (is?.channels[i]?.mean ?? 999))).toBeLessThan(6);
          }
        }
      },
      PATIENCE,
    );
  }

  test("is gone from comments and from what was hung on behind its end", async () => {
    const tail = Buffer.from("<script>SECRET()</script>PK\u0003\u0004SECRET");
    const jpeg = await blank(50, 40).jpeg().toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 8]), Buffer.from("SECRET")]);
    const commented = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), tail]);
    for (const bytes of [
      commented,
      Buffer.concat([await blank(50, 40).png().toBuffer(), tail]),
      Buffer.concat([await blank(50, 40).gif().toBuffer(), tail]),
      Buffer.concat([await blank(50, 40).webp().toBuffer(), tail]),
    ]) {
      const made = await make(bytes);
      expect((await readFile(made.picture)).includes("SECRET")).toBe(false);
      expect(made).toMatchObject({ width: 50, height: 40 });
    }
  });
});

test(
  "each way up that EXIF knows is turned upright, as its header says beforehand; a lie is no way at all",
  async () => {
    const upright = await twoSides();
    for (const [orientation, turned] of [[1], [2], [3], [4], [5, true], [6, true], [7, true], [8, true]] as const) {
      const bytes = await sharp(upright).withMetadata({ orientation }).jpeg().toBuffer();
      const size = turned ? { width: 32, height: 64 } : { width: 64, height: 32 };
      expect(await probe(bytes)).toEqual({ mime: "image/jpeg", ...size });
      const made = await make(bytes);
      expect(made).toMatchObject(size);
      expect((await sharp(made.picture).metadata()).orientation).toBeUndefined();
      // Where the red has gone: left, right, top or bottom.
      const corner = await sharp(made.picture).extract({ left: 2, top: 2, width: 1, height: 1 }).raw().toBuffer();
      const isRedFirst = [1, 4, 5, 6].includes(orientation);
      expect((corner[0] ?? 0) > 128, `orientation ${orientation}`).toBe(isRedFirst);
    }
    const bytes = await sharp(upright).withMetadata({ orientation: 1 }).jpeg().toBuffer();
    const at = bytes.indexOf(Buffer.from([0x12, 0x01, 0x03, 0x00]));
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt16LE(99, at + 8);
    expect(await make(bytes)).toMatchObject({ width: 64, height: 32 });
  },
  PATIENCE,
);

test("a picture for print comes out in the colours of screens", async () => {
  const cmyk = await blank(60, 40, "#c02010").toColourspace("cmyk").jpeg().toBuffer();
  expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
  const made = await make(cmyk);
  expect(await sharp(made.picture).metadata()).toMatchObject({ format: "jpeg", space: "srgb", channels: 3 });
  const { dominant } = await sharp(made.picture).stats();
  expect(dominant.r).toBeGreaterThan(dominant.b + 60);
});

describe("thumbnails", () => {
  test("fit their boxes, and a placeholder of some pixels fits into the message", async () => {
    const made = await make(await blank(3_000, 2_000).jpeg().toBuffer());
    expect(await sharp(made.thumb).metadata()).toMatchObject({ format: "webp", width: 480, height: 320 });
    expect(await sharp(made.largeThumb).metadata()).toMatchObject({ format: "webp", width: 1280, height: 853 });
    expect(made).toMatchObject({ width: 3_000, height: 2_000, size: (await readFile(made.picture)).length });
    expect(made.placeholder).toMatch(/^data:image\/webp;base64,/);
    expect(made.placeholder.length).toBeLessThan(600);
  });

  test("are never larger than their picture, nor is any side of them nothing", async () => {
    const small = await make(await blank(100, 60).png().toBuffer());
    expect(await sharp(small.largeThumb).metadata()).toMatchObject({ width: 100, height: 60 });
    const line = await make(await blank(5_000, 1).png().toBuffer());
    expect(line).toMatchObject({ width: 5_000, height: 1 });
    expect(await sharp(line.thumb).metadata()).toMatchObject({ width: 480, height: 1 });
  });
});

describe("animations", () => {
  test("keep their frames; their thumbnails show the first", async () => {
    for (const format of ["gif", "webp"] as const) {
      const bytes = await frames(format, 5);
      expect(await probe(bytes)).toEqual({ mime: `image/${format}`, width: 40, height: 30 });
      const made = await make(bytes);
      expect(made).toMatchObject({ mime: `image/${format}`, width: 40, height: 30 });
      expect((await sharp(made.picture).metadata()).pages).toBe(5);
      expect((await sharp(made.thumb).metadata()).pages ?? 1).toBe(1);
    }
  });

  test(
    "that are long come out as WebP",
    async () => {
      const made = await make(await frames("gif", 20, 320, 320));
      expect(made).toMatchObject({ mime: "image/webp", width: 320, height: 320 });
      expect((await sharp(made.picture).metadata()).pages).toBe(20);
    },
    PATIENCE,
  );
});

describe("what is broken", () => {
  for (const format of ["jpeg", "png", "gif", "webp", "avif"] as const) {
    test(
      `a ${format} that breaks off anywhere is unreadable`,
      async () => {
        const noisy = blank(200, 160).composite([
          {
            input: {
              create: {
                width: 200,
                height: 160,
                channels: 3,
                background: "#000",
                noise: { type: "gaussian", mean: 128, sigma: 50 },
              },
            },
          },
        ]);
        const whole = await noisy.toFormat(format).toBuffer();
        expect(await refusal(make(whole))).toBe("none");
        for (const part of [0.02, 0.3, 0.6, 0.9]) {
          const cut = whole.subarray(0, Math.floor(whole.length * part));
          expect(await refusal(make(cut)), `${part}`).toBe("unreadable_file");
        }
      },
      PATIENCE,
    );
  }

  test("what is no picture for us is not read, whatever could read it", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>`;
    const psd = Buffer.alloc(2_000);
    psd.write("8BPS\0\u0001", "latin1");
    const others = [
      Buffer.from(svg),
      psd,
      await blank(9, 9).tiff().toBuffer(),
      Buffer.from("P6 2 2 255\n000000000000"),
      Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj"),
      Buffer.alloc(0),
      Buffer.alloc(5_000),
    ];
    for (const bytes of others) {
      expect(await refusal(probe(bytes))).toBe("unreadable_file");
      expect(await refusal(make(bytes))).toBe("unreadable_file");
    }
  });
});

describe("its process", () => {
  /** Answers headers; hangs or dies over what it should make. */
  const misbehaving = async (how: string): Promise<string> => {
    const path = join(folder, `process-${files++}.mjs`);
    await writeFile(
      path,
      `process.on("message", ({ id, task }) => {
         if (task.do === "probe") process.send({ id, value: { mime: "image/png", width: 1, height: 1 } });
         else { ${how} }
       });`,
    );
    return path;
  };

  test(
    "that hangs is ended, and the picture is taken for none after a second time",
    async () => {
      const warnings: object[] = [];
      const logger = { ...silence, warn: (facts: object) => void warnings.push(facts) };
      const program = await misbehaving("for (;;);");
      const hanging = picturesInProcess(logger, { program, makeMs: 300 });
      expect(await refusal(hanging.make("a", "b"))).toBe("unreadable_file");
      expect(warnings).toHaveLength(2);
      expect(await hanging.probe("a")).toMatchObject({ mime: "image/png" });
      await hanging.close();
    },
    PATIENCE,
  );

  test(
    "that dies takes nobody else's work with it",
    async () => {
      const program = await misbehaving(
        `if (task.path === "deadly") process.exit(3); else process.send({ id, value: {} });`,
      );
      const dying = picturesInProcess(silence, { program });
      const asked = ["deadly", "good", "deadly", "good"].map((path) => refusal(dying.make(path, "")));
      const headers = Array.from({ length: 6 }, () => refusal(dying.probe("any")));
      expect(await Promise.all(asked)).toEqual(["unreadable_file", "none", "unreadable_file", "none"]);
      expect(new Set(await Promise.all(headers))).toEqual(new Set(["none"]));
      await dying.close();
    },
    PATIENCE,
  );

  test(
    "is ended when it has had nothing to do, started again when there is, and refuses after the end",
    async () => {
      const pids = new Set<number>();
      const program = await misbehaving("process.send({ id, value: { size: process.pid } });");
      const idle = picturesInProcess(silence, { program, idleMs: 50 });
      const isAlive = (pid: number) => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      };
      for (let time = 0; time < 2; time++) {
        const { size: pid } = await idle.make("a", "b");
        pids.add(pid);
        await expect.poll(() => isAlive(pid)).toBe(false);
      }
      expect(pids.size).toBe(2);
      await idle.close();
      expect(await refusal(idle.probe("a"))).toBe("unavailable");
    },
    PATIENCE,
  );
});
