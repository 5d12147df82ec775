// The process in which pictures are read and made anew: the only place that loads sharp. It gets paths, never bytes, has
// none of the server's secrets, and is ended from outside when it hangs and by itself when its memory grows too far.
import { access, constants, open, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal, SIZES } from "@homeroom/protocol";
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import type { MadePicture } from "../kit/ports.ts";
import { gifFrames } from "./gif-frames.ts";
import type { PictureAnswer, PictureQuestion, PictureTask, Probed } from "./pictures-talk.ts";

const MEGA = 1_000_000;
/** What a picture may need in memory before its first pixel comes out, where its format is not read line by line. */
const HELD_BYTES = 120 * MEGA;
/** All frames of an animation. What is below is read, and made smaller where it is above the second number. */
const MOVING_PIXELS = 400 * MEGA;
const MOVING_KEPT = 40 * MEGA;
/** WebP is written with the whole picture in memory. */
const WEBP_KEPT = 8 * MEGA;
const WEBP_SIDE = 16_383;
/** No browser shows what is longer, and reading a line of millions of columns takes minutes. */
const LONGEST_SIDE = 65_535;
/** No coder says less than a bit of each block of 8 × 8: a header that promises more pixels than that lies. */
const JPEG_PIXELS_PER_BYTE = 512;
/** Up to here a GIF stays one and AVIF too: both take seconds for what is larger, and WebP shows it as well. */
const SLOW_KEPT = 2 * MEGA;
const THUMB = { width: 480, height: 340 };
const LARGE_THUMB = { width: 1_280, height: 960 };
const PLACEHOLDER_LENGTH = 600;
/** A single picture that needs more is not worth a server. */
const MEMORY_LIMIT = 448 * 1024 * 1024;
const EXIT_TOO_MUCH = 9;

sharp.cache(false);
sharp.concurrency(1);
// libvips can read far more than people may send: drawings with scripts, documents, raw data.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Nsgif", "Webp", "Heif"].map((format) => `VipsForeignLoad${format}File`),
});

const MIMES = new Map([
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
  ["heif", "image/avif"],
]);

interface Header extends Probed {
  readonly frames: number;
}

const tooLarge = (detail: string, limit: number) => new Refusal("too_large", { detail, limit });
const millions = (pixels: number) => Math.floor(pixels / MEGA);

const readHeader = async (path: string): Promise<Header> => {
  await requireFewFrames(path);
  const found: Metadata = await sharp(path, { limitInputPixels: false }).metadata();
  const mime = found.compression === "hevc" ? undefined : MIMES.get(found.format);
  const pages = found.pages ?? 1;
  // A few formats keep several pictures in one file that are no animation.
  const frames = mime === "image/avif" ? 1 : pages;
  const { width, height } = frames > 1 ? found : found.autoOrient;
  if (!mime || !width || !height) throw new Refusal("unreadable_file");
  requireSize(width, height, Math.min(SIZES.picture_pixels, Math.floor(HELD_BYTES / heldBytes(found))));
  requireFrames(frames, width * height * frames);
  if (mime === "image/jpeg" && (await stat(path)).size * JPEG_PIXELS_PER_BYTE < width * height) {
    throw new Refusal("unreadable_file");
  }
  return { mime, width, height, frames };
};

/** Before anything else looks at each of them. */
const requireFewFrames = async (path: string): Promise<void> => {
  const file = await open(path);
  const start = Buffer.alloc(3);
  try {
    await file.read(start, 0, start.length, 0);
  } finally {
    await file.close();
  }
  if (start.toString("latin1") === "GIF") requireFrames(await gifFrames(path, SIZES.picture_frames), 0);
};

const requireSize = (width: number, height: number, most: number): void => {
  if (width * height > most) {
    throw tooLarge(`A picture of this kind may have ${millions(most)} million pixels at most.`, most);
  }
  if (Math.max(width, height) > LONGEST_SIDE) {
    throw tooLarge(`Each side of a picture may have ${LONGEST_SIDE} pixels at most.`, LONGEST_SIDE);
  }
};

const requireFrames = (frames: number, pixels: number): void => {
  if (frames > SIZES.picture_frames) {
    throw tooLarge(`An animation may have ${SIZES.picture_frames} frames at most.`, SIZES.picture_frames);
  }
  if (frames > 1 && pixels > MOVING_PIXELS) {
    const most = millions(MOVING_PIXELS);
    throw tooLarge(`All frames of an animation may have ${most} million pixels at most.`, MOVING_PIXELS);
  }
};

/** For each pixel, as measured. */
const heldBytes = ({
  format,
  isProgressive,
  orientation = 1,
  depth,
  channels,
  chromaSubsampling,
}: Metadata): number => {
  // Turned by a quarter, or upside down: its last pixel may be the first that is wanted.
  const turned = orientation > 2 ? channels : 0;
  if (format === "heif") return 15 + turned;
  if (format === "webp") return channels + turned;
  if (!isProgressive) return turned;
  if (format === "jpeg") return (chromaSubsampling?.startsWith("4:2:0") ? 3 : 6) + turned;
  return channels * (depth === "ushort" ? 2 : 1) + turned;
};

const probe = async (path: string): Promise<Probed> => {
  const { mime, width, height } = await readHeader(path);
  return { mime, width, height };
};

/** The sides of what is kept, in the same shape. */
const fitted = (width: number, height: number, pixels: number, side: number) => {
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)), side / width, side / height);
  const scaled = (length: number) => Math.max(1, Math.floor(length * scale));
  return scale === 1 ? null : { width: scaled(width), height: scaled(height), fit: "fill" as const };
};

const READING: SharpOptions = { sequentialRead: true, failOn: "error", limitInputPixels: SIZES.picture_pixels };

/** Colours become sRGB, the picture is turned upright, and nothing but pixels is kept: that is what sharp does untold. */
const upright = (path: string): Sharp => sharp(path, READING).autoOrient();

const asWebp = (image: Sharp, header: Header): Sharp => {
  const { width, height, frames } = header;
  const size = fitted(width, height, frames > 1 ? MOVING_KEPT / frames : WEBP_KEPT, WEBP_SIDE);
  return (size ? image.resize(size) : image).webp({ quality: 82, effort: frames > 1 ? 1 : 3 });
};

/** In its own format, unless that would take far longer than WebP. */
const remade = (path: string, header: Header): Sharp => {
  const isSmall = header.width * header.height * header.frames <= SLOW_KEPT;
  if (header.frames > 1) {
    const moving = sharp(path, { ...READING, pages: -1, limitInputPixels: MOVING_PIXELS });
    return isSmall && header.mime === "image/gif" ? moving.gif({ effort: 3 }) : asWebp(moving, header);
  }
  const image = upright(path);
  switch (header.mime) {
    case "image/jpeg":
      // Without its own tables: those need the whole picture in memory.
      return image.jpeg({ quality: 85, optimiseCoding: false });
    case "image/png":
      return image.png({ compressionLevel: 7 });
    case "image/gif":
      return isSmall ? image.gif({ effort: 3 }) : image.png({ compressionLevel: 7 });
    case "image/avif":
      return isSmall ? image.avif({ effort: 2, quality: 60 }) : asWebp(image, header);
    default:
      return asWebp(image, header);
  }
};

const placeholderOf = async (thumb: string): Promise<string> => {
  for (const side of [16, 12, 8, 4]) {
    const pixels = sharp(thumb).resize({ width: side, height: side, fit: "inside" });
    const small = await pixels.webp({ quality: 30, alphaQuality: 30, effort: 4 }).toBuffer();
    const url = `data:image/webp;base64,${small.toString("base64")}`;
    if (url.length < PLACEHOLDER_LENGTH) return url;
  }
  throw new Error("no placeholder is small enough");
};

/** Of an animation, its first frame. */
const makeThumb = async (from: string, to: string, box: { width: number; height: number }): Promise<void> => {
  const image = sharp(from, READING).resize({ ...box, fit: "inside", withoutEnlargement: true });
  await image.webp({ quality: 78, effort: 3 }).toFile(to);
};

const make = async (path: string, folder: string): Promise<MadePicture> => {
  const header = await readHeader(path);
  const [picture, thumb, largeThumb] = ["picture", "small", "large"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const made = await remade(path, header).toFile(picture);
  await makeThumb(picture, largeThumb, LARGE_THUMB);
  await makeThumb(largeThumb, thumb, THUMB);
  return {
    mime: MIMES.get(made.format) ?? header.mime,
    size: made.size,
    width: made.width,
    height: made.pageHeight ?? made.height,
    placeholder: await placeholderOf(thumb),
    picture,
    thumb,
    largeThumb,
  };
};

const carryOut = (task: PictureTask): Promise<Probed | MadePicture> =>
  task.do === "probe" ? probe(task.path) : make(task.path, task.folder);

/** Throws where the disk, and not the picture, is at fault: what a codec says does not tell the one from the other. */
const requireDisk = async (task: PictureTask): Promise<void> => {
  await access(task.path, constants.R_OK);
  if (task.do === "make") await writeFile(join(task.folder, "room"), Buffer.alloc(MEGA));
};

const whatWasWrong = async (task: PictureTask, error: unknown): Promise<unknown> => {
  if (error instanceof Refusal) return error;
  try {
    await requireDisk(task);
    return new Refusal("unreadable_file");
  } catch (disk) {
    return (disk as NodeJS.ErrnoException).code === "ENOSPC" ? new Refusal("storage_full") : disk;
  }
};

const answer = async ({ id, task }: PictureQuestion): Promise<PictureAnswer> => {
  try {
    return { id, value: await carryOut(task) };
  } catch (error) {
    const wrong = await whatWasWrong(task, error);
    return wrong instanceof Refusal
      ? { id, refusal: wrong.key, extra: wrong.extra }
      : { id, error: wrong instanceof Error ? wrong.message : String(wrong) };
  }
};

process.on("message", (question: PictureQuestion) => {
  void answer(question).then((said) => process.send?.({ ...said, rss: process.memoryUsage.rss() }));
});
// The server is gone, however it went.
process.on("disconnect", () => process.exit(0));
// A terminal's Ctrl+C reaches the whole group; the server finishes its work first and ends this process then.
process.on("SIGINT", () => undefined);
setInterval(() => {
  if (process.memoryUsage.rss() > MEMORY_LIMIT) process.exit(EXIT_TOO_MUCH);
}, 100).unref();
