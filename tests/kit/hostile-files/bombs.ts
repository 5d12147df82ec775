// Pictures that are small on the way and huge in memory, that lie about themselves, or that break off.
import { deflateSync } from "node:zlib";
import { brokenPictures } from "./broken-pictures.ts";
import {
  be32,
  broken,
  filled,
  harmless,
  hex,
  hostile,
  type HostileFile,
  join,
  le16,
  le32,
  noise,
  raw,
  refused,
  repeated,
  served,
  zeros,
} from "./bytes.ts";
import {
  animatedWebp,
  chunk,
  gif,
  gifComment,
  iccp,
  deflatedZeros,
  JPEG,
  jpegWith,
  LARGEST_AVIF,
  ownProfile,
  PNG,
  png,
  PNG_MARK,
  PROGRESSIVE_JPEG,
  resizedJpeg,
  text,
  webp,
  ztxt,
  asAvif,
  asGif,
  asJpeg,
  asPng,
  asWebp,
} from "./pictures.ts";

const MEBI = 1024 * 1024;
const tooLarge = refused(413);
/** The header says too much, or so much that it cannot be read. */
const notRead = refused(413, 422);

const sizes: readonly HostileFile[] = [
  hostile(
    "30,000 × 30,000 pixels that are not there",
    asPng,
    () => png({ width: 30_000, height: 30_000, pixels: deflateSync(zeros(99)) }),
    tooLarge,
  ),
  hostile("196 million pixels", asPng, () => png({ width: 14_000, height: 14_000, depth: 1, colour: 0 }), tooLarge),
  hostile(
    "one pixel too many, as a line",
    asPng,
    () => png({ width: 1, height: 32_000_001, depth: 1, colour: 0, pixels: zeros(9) }),
    notRead,
  ),
  hostile("2^31 pixels wide", asPng, () => png({ width: 0x7fffffff, height: 1, pixels: zeros(9) }), notRead),
  hostile(
    "2^31 pixels wide and high",
    asPng,
    () => png({ width: 0x7fffffff, height: 0x7fffffff, pixels: zeros(9) }),
    notRead,
  ),
  hostile("a negative width", asPng, () => png({ width: 0xffffffff, height: 2, pixels: zeros(9) }), notRead),
  hostile("no pixel at all", asPng, () => png({ width: 0, height: 0, pixels: zeros(9) }), broken),
  hostile("a depth that there is not", asPng, () => png({ width: 8, height: 8, depth: 77, pixels: zeros(9) }), broken),
  hostile("65,500 × 65,500 pixels that are not there", asJpeg, () => resizedJpeg(JPEG, 65_500, 65_500), tooLarge),
  hostile("65,500 × 65,500 pixels in many goes", asJpeg, () => resizedJpeg(PROGRESSIVE_JPEG, 65_500, 65_500), tooLarge),
  hostile("no height", asJpeg, () => resizedJpeg(JPEG, 8, 0), broken),
  hostile("268 million pixels in 38 bytes", asWebp, () => webp(16_384, 16_384), notRead),
  hostile(
    "65,535 × 65,535 pixels around one",
    asGif,
    () => gif(65_535, 65_535, 1),
    harmless("image/gif", "image/webp"),
  ),
  hostile("a canvas of 2^24 × 2^24", asWebp, () => animatedWebp(1 << 24, 1 << 24, 1), notRead),
  hostile(
    "pixels that inflate to 200 MB more than the header says",
    asPng,
    () => png({ width: 8, height: 8, pixels: deflatedZeros(200 * MEBI) }),
    harmless("image/png", "image/webp"),
  ),
];

/** Just what is allowed, and the dearest of it: what they cost is counted elsewhere. */
export const largest: readonly HostileFile[] = [
  hostile(
    "31.9 million pixels of 16 bits and four colours",
    asPng,
    () => png({ width: 7_990, height: 3_990, depth: 16, colour: 6 }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "31.9 million pixels, interlaced",
    asPng,
    () => png({ width: 7_990, height: 3_990, colour: 6, interlaced: true }),
    harmless("image/png", "image/webp"),
  ),
  hostile("31.9 million pixels in 38 bytes", asWebp, () => webp(16_383, 1_950), harmless("image/webp")),
  hostile("31.9 million pixels in 696 bytes", asAvif, LARGEST_AVIF, harmless("image/avif", "image/webp")),
  hostile("31.9 million pixels that are not there", asJpeg, () => resizedJpeg(JPEG, 7_990, 3_990), broken),
  hostile(
    "31.9 million pixels in many goes that are not there",
    asJpeg,
    () => resizedJpeg(PROGRESSIVE_JPEG, 7_990, 3_990),
    broken,
  ),
  hostile(
    "500 frames on a canvas of 25 million pixels",
    asGif,
    () => gif(5_000, 5_000, 500),
    harmless("image/gif", "image/webp"),
  ),
  hostile(
    "500 frames on a canvas of 16 million pixels",
    asWebp,
    () => animatedWebp(4_000, 4_000, 500),
    harmless("image/webp"),
  ),
  hostile(
    "32 million pixels in one line of one column",
    asPng,
    () => png({ width: 1, height: 31_000_000, depth: 1, colour: 0 }),
    harmless("image/png", "image/webp"),
  ),
];

const frames: readonly HostileFile[] = [
  hostile("5,000 frames", asGif, () => gif(8, 8, 5_000), tooLarge),
  hostile("501 frames", asGif, () => gif(8, 8, 501), tooLarge),
  hostile("500 frames", asGif, () => gif(8, 8, 500), served("image/gif", "image/webp")),
  hostile("a million frames", asGif, () => repeatedFrames(1_000_000), refused(413, 422)),
  hostile("no frame", asGif, () => gif(8, 8, 0), broken),
  hostile("5,000 frames", asWebp, () => animatedWebp(8, 8, 5_000), tooLarge),
  hostile("501 frames", asWebp, () => animatedWebp(8, 8, 501), tooLarge),
  hostile(
    "5,000 frames of APNG",
    asPng,
    () => png({ width: 8, height: 8, before: [chunk("acTL", join(be32(5_000), be32(0)))] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "2^31 frames of APNG",
    asPng,
    () => png({ width: 8, height: 8, before: [chunk("acTL", join(be32(0x7fffffff), be32(0)))] }),
    harmless("image/png", "image/webp"),
  ),
  hostile("frames beyond the canvas", asWebp, () => animatedWebp(8, 8, 3, 4_000), harmless("image/webp")),
];

function* repeatedFrames(count: number): Generator<Uint8Array> {
  const one = gif(8, 8, 1);
  const head = one.subarray(0, 19);
  yield head;
  yield* repeated(count, one.subarray(19, -1));
  yield raw(";");
}

const stuffed: readonly HostileFile[] = [
  hostile(
    "a profile that inflates to 200 MB",
    asPng,
    () => png({ width: 8, height: 8, before: [iccp(deflatedZeros(200 * MEBI))] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "a profile that is none",
    asPng,
    () => png({ width: 8, height: 8, before: [ownProfile(noise(500))] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "words that inflate to 200 MB",
    asPng,
    () => png({ width: 8, height: 8, before: [ztxt(200 * MEBI)] }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "words that inflate to 2 MB, 200 times",
    asPng,
    () => png({ width: 8, height: 8, before: Array.from<Uint8Array>({ length: 200 }).fill(ztxt(2 * MEBI)) }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "100,000 chunks of words",
    asPng,
    () => png({ width: 8, height: 8, before: Array.from({ length: 100_000 }, (_, n) => text(`${n}`)) }),
    harmless("image/png", "image/webp"),
  ),
  hostile(
    "a comment of 8 MB",
    asGif,
    () => gif(8, 8, 1, [gifComment("x".repeat(8 * MEBI))]),
    harmless("image/gif", "image/webp"),
  ),
  hostile(
    "300 segments of EXIF",
    asJpeg,
    () =>
      Array.from({ length: 300 }).reduce<Uint8Array>(
        (jpeg) => jpegWith(0xe1, join(raw("Exif\0\0"), noise(600)), jpeg),
        JPEG,
      ),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "EXIF that points at itself",
    asJpeg,
    jpegWith(0xe1, join(raw("Exif\0\0II*\0"), le32(8), le16(1), hex("6987 0400"), le32(1), le32(8), le32(8))),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "EXIF that tells another size and way up",
    asJpeg,
    jpegWith(
      0xe1,
      join(
        raw("Exif\0\0II*\0"),
        le32(8),
        le16(2),
        hex("1201 0300"),
        le32(1),
        le32(99),
        hex("0001 0400"),
        le32(1),
        le32(0xffffffff),
        le32(0),
      ),
    ),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "profiles of many parts that lack some",
    asJpeg,
    jpegWith(0xe2, join(raw("ICC_PROFILE\0\xff\xff"), noise(600))),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile(
    "a segment that tells of no length",
    asJpeg,
    join(JPEG.subarray(0, 2), hex("ffe1 0000"), JPEG.subarray(2)),
    harmless("image/jpeg", "image/webp"),
  ),
  hostile("20 MB after its end", asPng, () => filled(20 * MEBI, PNG), harmless("image/png", "image/webp")),
  hostile(
    "a chunk that tells of 2 GB",
    asPng,
    join(PNG_MARK, PNG.subarray(8, 33), be32(0x7fffffff), raw("tEXt"), noise(90)),
    broken,
  ),
  hostile(
    "a chunk of a negative length",
    asPng,
    join(PNG_MARK, PNG.subarray(8, 33), be32(0xfffffff0), raw("tEXt"), noise(90)),
    broken,
  ),
  hostile("a wrong sum in its header", asPng, Buffer.from(PNG).fill(9, 29, 33), broken),
];

/** Two of the same sizes and so on: the kinds of file tell them apart. */
export const bombs: readonly HostileFile[] = [...sizes, ...frames, ...stuffed, ...brokenPictures].map((file) => ({
  ...file,
  what: `${file.what} (${file.name})`,
}));
