// Pictures written byte by byte, so that their headers can lie.
import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import { base64, be16, be32, hex, join, le16, le24, le32, raw, zeros } from "./bytes.ts";

/** What a file that claims to be a picture is called, and calls itself. */
export const asPng = ["a.png", "image/png"] as const;
export const asJpeg = ["a.jpg", "image/jpeg"] as const;
export const asGif = ["a.gif", "image/gif"] as const;
export const asWebp = ["a.webp", "image/webp"] as const;
export const asAvif = ["a.avif", "image/avif"] as const;

/** 8 × 8 pixels of one colour. */
export const JPEG = base64(
  "/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIAAgDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAABBf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AAAT3//Z",
);
export const PROGRESSIVE_JPEG = base64(
  "/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAAIAAgDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAEE/9oADAMBAAIQAxAAAAECf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAQUCf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Bf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEABj8Cf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8hf//aAAwDAQACAAMAAAAQC//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Qf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8Qf//Z",
);
export const WEBP = base64("UklGRiwAAABXRUJQVlA4ICAAAABwAQCdASoIAAgABABoJaACdAGgAACOID7o/e38cs0AAA==");
export const AVIF = base64(
  "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAAB8AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAgAAAAIAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAnbWRhdBIACgg4CL9pAQ0GkDIRHEJi5OAAFgAEkDWWR2WEMsA=",
);
/** 7990 × 3990 pixels in 696 bytes: all that is allowed, and a lot to decode. */
export const LARGEST_AVIF = base64(
  "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAAb4AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgTACAAAAABRpc3BlAAAAAAAAHzYAAA+WAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAHGbWRhdBIACgo8Mv5r8q0gIaDSMq0DEDsJipO////Fn4EAAGrPyis7thQHVy8da3MGOTr8QPbM3RELv3Jqr/QToJ5aO20uURzTRFaLb8wIRLlbFCLEM8LDTOee4XoNejLGqEz1fOAQi1crOLHwZlHtkeMH1njettIOAx72VzNlOdwRToh6N0c366zRJJsU0WnPyis7thQHVy8cbu9NBpQxc+e9JL07guLMRdcMbCWbe+PTAcJ4vAzuyRVjvU0yD08uVwDG424iBtDYHYi2HKtl4YwIXFg3ROwtKRTfBvFz5Lp9b+FSCWGlDPTu30S5E0jF32rzUUDqSKd4Z8/KKzu2FAdXInqO9D11SXhztjp/tSsWD2GCM0/t/+7WksC8NbKo72szXsqeCFGTbdK1JVSLTnObop5XajTKyg3qo09paRnJVdQDUTfufPbVDRB+cIwRAKSNb6T6Xe5b01NfWQMf2xGAz8oonfnUM5uuG+CDD/AfCtBUFCUOH95VQitW1BtuBlsmbPDRhpmlJyAkvownpCZAuBprcRKd15G0bhptIosugi6i5jSxR6T4lXpz9eqP+VWGX1BqUdGg+7MzqfWCFQV+",
);

export const chunk = (kind: string, data: Uint8Array) => {
  const body = join(raw(kind), data);
  return join(be32(data.length), body, be32(crc32(body)));
};

const MEBI = 1024 * 1024;

/** What inflates to so many zeros; a mebibyte of them takes a kilobyte. */
export const deflatedZeros = (count: number) => {
  const piece = deflateRawSync(zeros(MEBI), { level: 9, finishFlush: 3 });
  const rest = deflateRawSync(zeros(count % MEBI), { level: 9 });
  const pieces = Array.from({ length: Math.floor(count / MEBI) }, () => piece);
  // Of zeros, the one half of the checksum stays 1, and the other counts them.
  return join(hex("78da"), ...pieces, rest, be16(count % 65_521), be16(1));
};

export interface PngShape {
  width: number;
  height: number;
  depth?: number;
  /** 0 grey, 2 red green blue, 6 the same with alpha. */
  colour?: 0 | 2 | 6;
  interlaced?: boolean;
  /** What stands where the pixels should; as many as the header says otherwise. */
  pixels?: Uint8Array;
  before?: readonly Uint8Array[];
  after?: readonly Uint8Array[];
}

/** Adam7: where each pass begins, and its steps. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
export const PNG_MARK = hex("89504e470d0a1a0a");

export const png = ({
  width,
  height,
  depth = 8,
  colour = 2,
  interlaced,
  pixels,
  before = [],
  after = [],
}: PngShape) => {
  const channels = { 0: 1, 2: 3, 6: 4 }[colour];
  const pieces = interlaced ? PASSES : [[0, 0, 1, 1] as const];
  const sizes = pieces.map(([x, y, dx, dy]) => {
    const row = Math.ceil((Math.max(0, Math.ceil((width - x) / dx)) * channels * depth) / 8);
    return row === 0 ? 0 : (1 + row) * Math.max(0, Math.ceil((height - y) / dy));
  });
  const size = sizes.reduce((sum, some) => sum + some, 0);
  const header = join(be32(width), be32(height), Buffer.from([depth, colour, 0, 0, interlaced ? 1 : 0]));
  return join(
    PNG_MARK,
    chunk("IHDR", header),
    ...before,
    chunk("IDAT", pixels ?? deflatedZeros(size)),
    ...after,
    chunk("IEND", zeros(0)),
  );
};

export const PNG = png({ width: 8, height: 8 });

/** A text chunk of PNG that inflates to so many zeros. */
export const ztxt = (count: number) => chunk("zTXt", join(raw("Comment\0\0"), deflatedZeros(count)));
export const iccp = (profile: Uint8Array) => chunk("iCCP", join(raw("icc\0\0"), profile));
export const text = (words: string) => chunk("tEXt", raw(`Comment\0${words}`));
export const ownProfile = (bytes: Uint8Array) => iccp(deflateSync(bytes));

/** A frame of one pixel, shown for 0.1 s. */
const GIF_FRAME = hex("21f904000a000000 2c00000000010001000002024401 00");

export const gif = (width: number, height: number, frames: number, extra: readonly Uint8Array[] = []) =>
  join(
    raw("GIF89a"),
    le16(width),
    le16(height),
    hex("f00000 000000 ffffff"),
    ...extra,
    ...Array.from({ length: frames }, () => GIF_FRAME),
    ";",
  );

export const gifComment = (words: string) => {
  const parts = words.match(/[^]{1,255}/g) ?? [];
  return join(hex("21fe"), ...parts.map((part) => join(Buffer.from([part.length]), raw(part))), zeros(1));
};

const riffChunk = (kind: string, data: Uint8Array) => join(raw(kind), le32(data.length), data, zeros(data.length % 2));
export const riff = (kind: string, ...chunks: Uint8Array[]) => {
  const body = join(raw(kind), ...chunks);
  return join(raw("RIFF"), le32(body.length), body);
};
/** One colour, without loss: the same 17 bytes whatever its size is. */
const oneColour = (width: number, height: number) =>
  riffChunk("VP8L", join(hex("2f"), le32((width - 1) | ((height - 1) << 14)), hex("0750d5ce f4ae ff81 88e8 7f00")));
export const webp = (width: number, height: number) => riff("WEBP", oneColour(width, height));

export const animatedWebp = (width: number, height: number, frames: number, size = 8) => {
  const frame = riffChunk(
    "ANMF",
    join(zeros(6), le24(size - 1), le24(size - 1), le24(100), zeros(1), oneColour(size, size)),
  );
  const canvas = riffChunk("VP8X", join(hex("02000000"), le24(width - 1), le24(height - 1)));
  return riff("WEBP", canvas, riffChunk("ANIM", zeros(6)), ...Array.from({ length: frames }, () => frame));
};

/** The same picture with a frame header that tells another size. */
export const resizedJpeg = (jpeg: Uint8Array, width: number, height: number) => {
  const copy = Buffer.from(jpeg);
  const at = Math.max(copy.indexOf(hex("ffc0")), copy.indexOf(hex("ffc2")));
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
};
/** Right after its beginning. */
export const jpegWith = (marker: number, data: Uint8Array, jpeg: Uint8Array = JPEG) =>
  join(jpeg.subarray(0, 2), Buffer.from([0xff, marker]), be16(data.length + 2), data, jpeg.subarray(2));
