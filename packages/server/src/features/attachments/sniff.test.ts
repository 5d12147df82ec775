// What a file is told to be, by its bytes: each kind that may be shared, and what looks like one of them and is none.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Refusal } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zip } from "../../../../../tests/kit/hostile-files/zip.ts";
import { sniff } from "./sniff.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "homeroom-sniff-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
/** Its type, or the refusal. Never is there a name to go by. */
const told = async (bytes: Uint8Array | string): Promise<string> => {
  const path = join(folder, String(++files));
  writeFileSync(path, bytes);
  return sniff(path, Buffer.byteLength(bytes)).then(
    ({ mime }) => mime,
    (error: unknown) => (error as Refusal).key,
  );
};

const latin = (text: string) => Buffer.from(text, "latin1");
const box = (type: string, ...inner: Uint8Array[]) => {
  const content = Buffer.concat(inner);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
};
const handler = (kind: string) => box("hdlr", Buffer.alloc(8), latin(kind), Buffer.alloc(13));
const track = (kind: string) => box("trak", box("mdia", handler(kind)));
const mp4 = (brand: string, ...boxes: Uint8Array[]) =>
  Buffer.concat([box("ftyp", latin(brand), Buffer.alloc(4), latin("isommp42")), ...boxes]);
const webm = (...codecs: string[]) =>
  Buffer.concat([
    Buffer.from(
      "1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff",
      "hex",
    ),
    latin(codecs.join("\x86\x86")),
    Buffer.alloc(500),
  ]);
const ogg = (codec: string) =>
  Buffer.concat([latin("OggS\0\x02"), Buffer.alloc(20), latin("\x01\x13"), latin(codec), Buffer.alloc(60)]);

/** As the office programs of old wrote it: a header, a table, and the folder in its second sector. */
const compound = (stream: string) => {
  const bytes = Buffer.alloc(512 * 4);
  bytes.write("d0cf11e0a1b11ae1", 0, "hex");
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  for (const [i, name] of ["Root Entry", stream].entries()) {
    const at = 512 * 2 + i * 128;
    bytes.write(name, at, "utf16le");
    bytes.writeUInt16LE((name.length + 1) * 2, at + 64);
  }
  return bytes;
};

const ooxml = (part: string, type: string) =>
  zip([
    {
      name: "[Content_Types].xml",
      data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    },
    { name: part, data: "<x/>" },
  ]);
const odf = (type: string) =>
  zip([
    { name: "mimetype", data: type, store: true },
    { name: "content.xml", data: "<x/>" },
  ]);

const OOXML = "application/vnd.openxmlformats-officedocument";
const ODF = "application/vnd.oasis.opendocument";

describe("what may be shared", () => {
  test.each<[string, Uint8Array | string]>([
    [
      "image/png",
      Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "base64",
      ),
    ],
    ["image/gif", latin("GIF89a\x01\0\x01\0\0\0\0;")],
    ["image/jpeg", Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex")],
    ["image/webp", Buffer.concat([latin("RIFF\x24\0\0\0WEBPVP8 "), Buffer.alloc(28)])],
    ["image/avif", mp4("avif", box("meta", Buffer.alloc(8)))],
    ["application/pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"],
    ["application/zip", zip([{ name: "a.txt", data: "Hello." }])],
    [`${OOXML}.wordprocessingml.document`, ooxml("word/document.xml", "wordprocessingml.document")],
    [`${OOXML}.spreadsheetml.sheet`, ooxml("xl/workbook.xml", "spreadsheetml.sheet")],
    [`${OOXML}.presentationml.presentation`, ooxml("ppt/presentation.xml", "presentationml.presentation")],
    [`${ODF}.text`, odf(`${ODF}.text`)],
    [`${ODF}.spreadsheet`, odf(`${ODF}.spreadsheet`)],
    [`${ODF}.presentation`, odf(`${ODF}.presentation`)],
    ["application/msword", compound("WordDocument")],
    ["application/vnd.ms-excel", compound("Workbook")],
    ["application/vnd.ms-powerpoint", compound("PowerPoint Document")],
    ["text/plain", "Light, water, air.\n"],
    ["text/plain", "Light, water, air.\nSalt, sugar, fat.\n"],
    ["text/plain", "x"],
    ["text/plain", "Für Grüße: 日本語 👋\n"],
    ["text/plain", latin("Gr\xfc\xdfe aus K\xf6ln")],
    ["text/plain", Buffer.from("\ufeffWords of two bytes each.\r\n", "utf16le")],
    ["text/plain", "a < b and c > d\n"],
    ["text/csv", "name;points\nAda;12\nBen;9\n"],
    ["text/csv", "a,b,c\r\n1,2,3\r\n"],
    ["audio/webm", webm("A_OPUS")],
    ["audio/mp4", mp4("mp42", box("moov", track("soun")))],
    ["audio/mp4", mp4("iso5", box("moov", track("soun")), box("moof"))],
    ["audio/mp4", mp4("M4A ", box("mdat", Buffer.alloc(5_000)), box("moov", track("soun")))],
    ["audio/ogg", ogg("OpusHead\x01\x01")],
    ["audio/ogg", ogg("\x01vorbis")],
    ["audio/wav", Buffer.concat([latin("RIFF\x24\0\0\0WAVEfmt "), Buffer.alloc(40)])],
    ["audio/mpeg", Buffer.concat([Buffer.from("fffb9064", "hex"), Buffer.alloc(1_000)])],
  ])("%s", async (mime, bytes) => {
    expect(await told(bytes)).toBe(mime);
  });
});

describe("what may not", () => {
  test.each<[string, Uint8Array | string]>([
    ["a page", "<!doctype html><html><body>Hello"],
    ["a page after many spaces", `${" \n".repeat(600)}<html>`],
    ["a page with words before it", "Hello <script>alert(1)</script>"],
    ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ["a drawing after a mark", '\ufeff<?xml version="1.0"?><svg/>'],
    ["a drawing of two bytes a letter", Buffer.from('\ufeff<svg xmlns="http://www.w3.org/2000/svg"/>', "utf16le")],
    ["XML", '<?xml version="1.0"?><a/>'],
    ["a page with a comment first", "<!-- hi --><p>Hello"],
    ["a script", "#!/bin/sh\nrm -rf /\n"],
    ["a program", Buffer.concat([latin("MZ"), Buffer.alloc(200)])],
    ["a program of Linux", Buffer.concat([latin("\x7fELF\x02\x01\x01"), Buffer.alloc(200)])],
    ["a program of Java", zip([{ name: "META-INF/MANIFEST.MF", data: "Manifest-Version: 1.0\n" }])],
    ["a film", mp4("mp42", box("moov", track("vide"), track("soun")))],
    ["a film without sound", mp4("isom", box("moov", track("vide")))],
    ["a container with nothing in it", mp4("isom", box("mdat", Buffer.alloc(100)))],
    ["a film of the web", webm("V_VP8", "A_OPUS")],
    ["a container of the web with nothing in it", webm()],
    ["a film of Ogg", ogg("\x80theora\x03\x02")],
    ["a photo of a telephone that browsers cannot show", mp4("heic", box("meta", Buffer.alloc(8)))],
    ["a picture of another time", Buffer.concat([latin("BM"), Buffer.alloc(100)])],
    ["an office file of nobody", compound("Nothing")],
    ["an office file that was cut", compound("WordDocument").subarray(0, 100)],
    ["bytes of no kind", Buffer.from([1, 2, 3, 0, 0xff, 0xfe, 0])],
    ["text with a hole", "Hello\0there"],
  ])("%s", async (_what, bytes) => {
    expect(await told(bytes)).toBe("unsupported_media_type");
  });

  test("nothing at all", async () => {
    expect(await told("")).toBe("unreadable_file");
  });
});
