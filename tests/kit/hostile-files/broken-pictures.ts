// Pictures that break off, and pictures of kinds that are not allowed.
import { deflateSync } from "node:zlib";
import {
  be32,
  broken,
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
  zeros,
} from "./bytes.ts";
import { AVIF, gif, JPEG, png, WEBP, asAvif, asGif, asJpeg, asPng, asWebp } from "./pictures.ts";

const cut = (what: string, name: readonly [string, string], bytes: Uint8Array, at: readonly number[]) =>
  at.map((length) => hostile(`${what} of which ${length} bytes came`, name, bytes.subarray(0, length), broken));

const cutOff: readonly HostileFile[] = [
  ...cut(
    "a PNG",
    asPng,
    png({
      width: 300,
      height: 300,
      pixels: deflateSync(Buffer.concat(Array.from({ length: 300 }, (_, n) => join(zeros(1), noise(900, n + 1))))),
    }),
    [8, 20, 33, 41, 900, 60_000],
  ),
  ...cut("a JPEG", asJpeg, JPEG, [3, 30, 150, JPEG.length - 20]),
  ...cut("a GIF", asGif, gif(8, 8, 3), [6, 13, 25]),
  ...cut("a WebP", asWebp, WEBP, [12, 20, 40]),
  ...cut("an AVIF", asAvif, AVIF, [28, 100, 260]),
];

const others: readonly HostileFile[] = [
  hostile(
    "a picture of Photoshop",
    ["a.psd", "image/vnd.adobe.photoshop"],
    join(raw("8BPS\0\x01"), zeros(6), hex("0003"), be32(30_000), be32(30_000), hex("0008 0003"), zeros(60)),
    refused(415),
  ),
  hostile(
    "a picture of Photoshop as a PNG",
    asPng,
    join(raw("8BPS\0\x01"), zeros(6), hex("0003"), be32(9), be32(9), hex("0008 0003"), zeros(60)),
    refused(415),
  ),
  hostile("a TIFF", ["a.tif", "image/tiff"], join(raw("II*\0"), le32(8), le16(0), zeros(60)), refused(415)),
  hostile(
    "a TIFF that points at itself",
    asJpeg,
    join(raw("MM\0*"), be32(8), hex("0000"), be32(8), zeros(60)),
    refused(415),
  ),
  hostile(
    "a BMP",
    ["a.bmp", "image/bmp"],
    join(raw("BM"), le32(70), zeros(4), le32(54), le32(40), le32(30_000), le32(30_000), hex("0100 1800"), zeros(40)),
    refused(415),
  ),
  hostile(
    "an icon",
    ["a.ico", "image/x-icon"],
    join(hex("00000100 0100 1010 0000 0100 2000"), le32(40), le32(22), zeros(60)),
    refused(415),
  ),
  hostile(
    "HEIC",
    ["a.heic", "image/heic"],
    join(be32(24), raw("ftypheic"), be32(0), raw("mif1heic"), zeros(90)),
    refused(415),
  ),
  hostile(
    "HEIC that tells of AVIF",
    asAvif,
    join(be32(28), raw("ftypavif"), be32(0), raw("avifmif1heic"), noise(200)),
    broken,
  ),
  hostile("JPEG 2000", ["a.jp2", "image/jp2"], join(hex("0000000c 6a502020 0d0a870a"), zeros(90)), refused(415)),
  hostile("JPEG XL", ["a.jxl", "image/jxl"], join(hex("0000000c 4a584c20 0d0a870a"), zeros(90)), refused(415)),
  hostile("WebP in a RIFF of another kind", asWebp, join(raw("RIFF"), le32(4), raw("WEBQ"), zeros(60)), refused(415)),
  hostile(
    "a map of pixels in words",
    ["a.ppm", "image/x-portable-pixmap"],
    "P3\n99999 99999\n255\n0 0 0\n",
    harmless("text/plain"),
  ),
  hostile(
    "a picture of FITS",
    ["a.fits", "image/png"],
    `SIMPLE  =                    T${" ".repeat(2_851)}END`,
    harmless("text/plain"),
  ),
];

export const brokenPictures: readonly HostileFile[] = [...cutOff, ...others];
