// Hostile voice files through the public door: refused with a sentence, or harmless: what is told of length and
// loudness is bounded, whatever the file's own header says.
import type { Attachment } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSchool, type Person, type School } from "../kit/school.ts";

let school: School;
let jonas: Person;
beforeAll(async () => {
  school = await openSchool("sqlite");
  jonas = await school.person();
});
afterAll(() => school.close());

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const zeros = (count: number) => Buffer.alloc(count);
const be32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const join = (...parts: (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
const box = (type: string, ...parts: (Buffer | string)[]) => {
  const body = join(...parts);
  return join(be32(body.length + 8), type, body);
};

const EBML = join(
  hex("1a45dfa3 9f 428681 01 42f781 01 42f281 04 42f381 08 428284"),
  "webm",
  hex("428781 04 428581 02"),
);
/** An element with a size of eight bytes. */
const element = (id: string, ...parts: (Buffer | string)[]) => {
  const body = join(...parts);
  return join(hex(id), hex("01000000"), be32(body.length), body);
};
const track = (codec: string) => element("1654ae6b", element("ae", hex("d78101"), element("86", codec)));
const duration = (ms: number) => {
  const value = Buffer.alloc(8);
  value.writeDoubleBE(ms);
  return element("1549a966", join(hex("2ad7b1 83 0f4240"), hex("4489 88"), value));
};
const webm = (...parts: Buffer[]) => join(EBML, element("18538067", ...parts));
const day = 24 * 3_600_000;
const ogg = (head: string) =>
  join("OggS\0\x02", zeros(8), hex("01000000 00000000 00000000 01"), Buffer.from([head.length]), head);
const opus = "OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";
const handler = (type: string) => box("hdlr", zeros(8), type, zeros(12));
const mp4 = (...parts: Buffer[]) => join(box("ftyp", "M4A ", be32(512), "M4A isom"), ...parts);
const moov = (type: string, timescale = 1_000, length = 1_000) =>
  box(
    "moov",
    box("mvhd", zeros(12), be32(timescale), be32(length), zeros(80)),
    box("trak", box("mdia", handler(type))),
  );
const wav = (size: number) =>
  join("RIFF", be32(36), "WAVEfmt ", hex("10000000 0100 0100 80bb0000 00770100 0200 1000"), "data", be32(size));

interface Case {
  what: string;
  bytes: Buffer;
  fields?: Record<string, string>;
}

interface Answered {
  status: number;
  body: Attachment & { code?: string; detail?: string };
}

async function upload({ what, bytes, fields = { duration_ms: "1000" } }: Case): Promise<Answered> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: "voice", ...fields })) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(bytes)], { type: "audio/webm" }), `${what}.webm`);
  const headers = { authorization: `Bearer ${jonas.token}` };
  const answer = await fetch(`${school.url}/api/chat/uploads/`, { method: "POST", headers, body: form });
  return { status: answer.status, body: (await answer.json()) as Answered["body"] };
}

const good = webm(duration(1_000), track("A_OPUS"));

/** What is no voice message at all. */
const REFUSED: Case[] = [
  { what: "no byte at all", bytes: Buffer.alloc(0) },
  { what: "one byte", bytes: hex("1a") },
  { what: "zeros", bytes: zeros(4_096) },
  { what: "a page", bytes: Buffer.from("<html><script>alert(1)</script></html>") },
  { what: "a picture", bytes: hex("89504e470d0a1a0a 0000000d 49484452 00000001 00000001 08060000 001f15c489") },
  { what: "a document", bytes: Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n") },
  { what: "a program", bytes: join("\x7fELF\x02\x01\x01", zeros(200)) },
  { what: "an archive", bytes: join("PK\x05\x06", zeros(18)) },
  { what: "WebM with moving pictures", bytes: webm(track("V_VP9")) },
  { what: "WebM with sound and moving pictures", bytes: webm(track("A_OPUS"), track("V_AV1")) },
  { what: "WebM without a track", bytes: webm(duration(day)) },
  { what: "MP4 with moving pictures", bytes: mp4(moov("vide")) },
  { what: "MP4 without a word on what it holds", bytes: mp4(box("mdat", zeros(64))) },
  { what: "MP4 whose boxes have no size", bytes: join(be32(0), "ftypM4A ", zeros(64)) },
  { what: "Ogg with moving pictures", bytes: ogg("\x80theora\x03\x02\x01") },
];

/** What lies, and does no harm: the length is the one that was told beside it, within what is allowed. */
const BOUNDED: Case[] = [
  { what: "WebM that tells of 24 hours", bytes: webm(duration(day), track("A_OPUS")) },
  { what: "WebM that tells of no number", bytes: webm(duration(Number.NaN), track("A_OPUS")) },
  { what: "MP4 that tells of 24 hours", bytes: mp4(moov("soun", 1, 86_400)) },
  { what: "MP4 whose second has no parts", bytes: mp4(moov("soun", 0, 0xffffffff)) },
  { what: "WAV that tells of 4 GB", bytes: wav(0xffffffff) },
  { what: "Ogg with tags of a megabyte", bytes: join(ogg(opus), "OggS\0\0", "OpusTags".repeat(131_072)) },
  { what: "WebM with tags of a megabyte", bytes: webm(track("A_OPUS"), element("1254c367", zeros(1_048_576))) },
];

/** What is told beside the file and cannot be true. */
const TOLD: Case[] = [
  { what: "24 hours", bytes: good, fields: { duration_ms: String(day) } },
  { what: "less than nothing", bytes: good, fields: { duration_ms: "-1" } },
  { what: "no number", bytes: good, fields: { duration_ms: "NaN" } },
  { what: "201 steps", bytes: good, fields: { waveform: JSON.stringify(Array.from({ length: 201 }, () => 1)) } },
  { what: "a step of 101", bytes: good, fields: { waveform: "[101]" } },
  { what: "a loudness of a million characters", bytes: good, fields: { waveform: `[${"1,".repeat(500_000)}1]` } },
];

describe("E6: a voice message", () => {
  it.each(REFUSED)("is refused where it is none: $what", async (one) => {
    const { status, body } = await upload(one);
    expect([415, 422, 400]).toContain(status);
    expect(body.detail?.length).toBeGreaterThan(10);
  });

  it.each(BOUNDED)("is as long as was told beside it: $what", async (one) => {
    const { status, body } = await upload(one);
    expect([status, body.detail]).toEqual([201, undefined]);
    expect(body).toMatchObject({ kind: "voice", duration_ms: 1_000, waveform: null, thumb_url: null });
    const headers = { authorization: `Bearer ${jonas.token}` };
    const served = await fetch(school.url + body.url, { headers });
    expect(served.headers.get("content-type")).toMatch(/^audio\//);
    expect(served.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await served.arrayBuffer()).byteLength).toBe(one.bytes.length);
  });

  it.each(TOLD)("is refused when what is told of it cannot be: $what", async (one) => {
    const { status } = await upload(one);
    expect([400, 413, 422]).toContain(status);
  });

  it("comes through when it is one, of the greatest length there is", async () => {
    const fields = { duration_ms: String(SIZES.voice_ms), waveform: JSON.stringify([0, 50, 100]) };
    const { status, body } = await upload({ what: "good", bytes: good, fields });
    expect([status, body.kind, body.duration_ms, body.waveform]).toEqual([201, "voice", SIZES.voice_ms, [0, 50, 100]]);
  });
});
