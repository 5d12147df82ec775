// Pictures for tests, made by hand: a gradient in one colour, so that each can be told from the others.
import { crc32, deflateSync } from "node:zlib";

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** @param hue 0 to 5, one of six colours. */
export const png = (width: number, height: number, hue = 0): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // eight bits a channel, red green blue
  header.set([8, 2, 0, 0, 0], 8);
  const line = width * 3 + 1;
  const pixels = Buffer.alloc(line * height);
  const channels = [hue % 3, hue > 2 ? (hue + 1) % 3 : hue % 3];
  for (let y = 0; y < height; y += 1) {
    const shade = 80 + Math.round((150 * y) / height);
    for (let x = 0; x < width; x += 1) for (const at of channels) pixels[y * line + 1 + x * 3 + at] = shade;
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

/** The smallest thing that a reader of PDF takes for one, filled up to so many bytes. */
export const pdf = (bytes = 600): Buffer => {
  const body = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n";
  const end = "trailer<</Root 1 0 R>>\n%%EOF\n";
  const filling = `%${"x".repeat(Math.max(0, bytes - body.length - end.length - 2))}\n`;
  return Buffer.from(body + filling + end, "latin1");
};
