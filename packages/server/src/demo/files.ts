// Files that the people of the demo school share: made here, uploaded and checked as anybody's are.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Features } from "../compose.ts";
import type { SignedCall } from "../kit/call.ts";
import type { Kit } from "../kit/kit.ts";
import { blackboard, cressAtTheWindow, cressInTheCupboard } from "./drawing.ts";

const RATE = 8_000;
const VOICE_MS = 6_400;
const STEPS = 64;
/** For each file: a demo begins within seconds. */
const PATIENCE_MS = 3_000;

/** How loud somebody is who says two sentences, 0 to 1. */
const loudness = (part: number): number => {
  const word = Math.abs(Math.sin(part * 47)) * (0.5 + 0.5 * Math.abs(Math.sin(part * 13 + 1)));
  return part > 0.47 && part < 0.55 ? 0.02 : word * Math.min(1, part * 20, (1 - part) * 12);
};

/** A hum that rises and falls, as a WAV of 16 bits. */
const voice = (): Buffer => {
  const count = (RATE * VOICE_MS) / 1_000;
  const wav = Buffer.alloc(44 + count * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  for (const [i, value] of [1, 1].entries()) wav.writeUInt16LE(value, 20 + i * 2);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(count * 2, 40);
  let phase = 0;
  for (let i = 0; i < count; i++) {
    const part = i / count;
    phase += (2 * Math.PI * (190 + 50 * Math.sin(part * 21))) / RATE;
    const tone = Math.sin(phase) + 0.4 * Math.sin(phase * 2) + 0.2 * Math.sin(phase * 5);
    wav.writeInt16LE(Math.round(tone * loudness(part) * 9_000), 44 + i * 2);
  }
  return wav;
};

/** One page of lines in Helvetica. */
const pdf = (lines: readonly string[]): Buffer => {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
  const text = `BT /F1 13 Tf 22 TL 70 770 Td\n${shown}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const place = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, "latin1");
};

const PLAN = [
  "The cress experiment",
  "",
  "You need: 20 seeds, a plate, cotton wool, a ruler, a pencil, patience.",
  "",
  "1. Wet the cotton wool. No puddles.",
  "2. Lay out 20 seeds, none on top of another.",
  "3. Put the plate where you said: window, cupboard, fridge, or without water.",
  "4. Write down your guess. Do not change it afterwards.",
  "5. Every day at the same time: count those that sprouted, measure the longest.",
  "6. Draw one of them, with a pencil, at least half a page.",
];
const TABLE = ["day,dry (of 15),watered (of 5),longest in mm", "1,0,0,0", "2,0,0,0", "3,0,3,4", "4,0,5,11"];

interface DemoFile {
  name: string;
  make: () => Buffer;
  fields?: { kind: "voice"; duration_ms: number; waveform: number[] };
}

const FILES = {
  plan: { name: "The cress experiment.pdf", make: () => pdf(PLAN) },
  board: { name: "Blackboard.png", make: blackboard },
  window: { name: "Window, day 3.png", make: cressAtTheWindow },
  cupboard: { name: "Cupboard, day 3.png", make: cressInTheCupboard },
  table: { name: "Measurements Emre.csv", make: () => Buffer.from(`${TABLE.join("\n")}\n`) },
  voice: {
    name: "Voice message.wav",
    make: voice,
    fields: {
      kind: "voice",
      duration_ms: VOICE_MS,
      waveform: Array.from({ length: STEPS }, (_, i) => Math.round(loudness((i + 0.5) / STEPS) * 100)),
    },
  },
} as const satisfies Record<string, DemoFile>;

export type FileKey = keyof typeof FILES;

export type Share = (call: SignedCall, key: FileKey) => Promise<string>;

/** Uploads a file and has it checked at once; where that takes long, or the scanner is away, the server does it later. Answers its id. */
export const sharing =
  (kit: Kit, { attachments }: Features): Share =>
  async (call, key) => {
    const { name, make, fields }: DemoFile = FILES[key];
    const bytes = make();
    await mkdir(kit.staging, { recursive: true, mode: 0o700 });
    const path = join(kit.staging, randomUUID());
    await writeFile(path, bytes, { mode: 0o600 });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    try {
      const file = { path, name, size: bytes.length, sha256 };
      const input = { params: undefined, query: undefined, body: { ...fields }, file };
      const { id, state } = (await attachments.operations.uploadFile(input, call)).body;
      if (state === "scanning") {
        const checked = attachments.workers.check_attachment(id).catch(() => undefined);
        await Promise.race([checked, pause(PATIENCE_MS, undefined, { ref: false })]);
      }
      return id;
    } finally {
      await rm(path, { force: true });
    }
  };
