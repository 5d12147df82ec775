// What may be shared: types with the endings their files have, so that no name says another thing than the bytes.
import type { AttachmentKind } from "@homeroom/protocol";

interface FileType {
  readonly kind: AttachmentKind;
  /** The first is given to a name that has none of them. */
  readonly endings: readonly [string, ...string[]];
}

const image = (...endings: [string, ...string[]]): FileType => ({ kind: "image", endings });
const document = (...endings: [string, ...string[]]): FileType => ({ kind: "document", endings });
const voice = (...endings: [string, ...string[]]): FileType => ({ kind: "voice", endings });

const OOXML = "application/vnd.openxmlformats-officedocument";
const ODF = "application/vnd.oasis.opendocument";

const TYPES: Readonly<Record<string, FileType>> = {
  "image/png": image("png"),
  "image/jpeg": image("jpg", "jpeg", "jpe", "jfif"),
  "image/gif": image("gif"),
  "image/webp": image("webp"),
  "image/avif": image("avif"),
  "application/pdf": document("pdf"),
  [`${OOXML}.wordprocessingml.document`]: document("docx"),
  [`${OOXML}.spreadsheetml.sheet`]: document("xlsx"),
  [`${OOXML}.presentationml.presentation`]: document("pptx"),
  [`${OOXML}.presentationml.slideshow`]: document("ppsx"),
  "application/msword": document("doc", "dot"),
  "application/vnd.ms-excel": document("xls", "xlt"),
  "application/vnd.ms-powerpoint": document("ppt", "pps"),
  [`${ODF}.text`]: document("odt"),
  [`${ODF}.spreadsheet`]: document("ods"),
  [`${ODF}.presentation`]: document("odp"),
  [`${ODF}.graphics`]: document("odg"),
  [`${ODF}.formula`]: document("odf"),
  "text/plain": document("txt", "text", "md", "log", "tex", "csv", "tsv"),
  "text/csv": document("csv", "tsv", "txt"),
  "application/zip": document("zip"),
  "audio/webm": voice("webm", "weba"),
  "audio/ogg": voice("ogg", "oga", "opus"),
  "audio/mp4": voice("m4a", "mp4"),
  "audio/mpeg": voice("mp3"),
  "audio/wav": voice("wav"),
};

/** Null for what may not be shared. */
export const kindOf = (mime: string): AttachmentKind | null => TYPES[mime]?.kind ?? null;

export const endingsOf = (mime: string): readonly string[] => TYPES[mime]?.endings ?? [];

export const ALLOWED =
  "Pictures (PNG, JPEG, GIF, WebP, AVIF), PDF, Office and OpenDocument files, text, CSV, ZIP and recordings " +
  "(WebM, Ogg, MP4, MP3, WAV) can be shared.";
