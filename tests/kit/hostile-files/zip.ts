// Archives written byte by byte, so that their directories can lie; and the documents that are archives.
import { crc32, deflateRawSync } from "node:zlib";
import { hex, join, le16, le32, utf8, zeros } from "./bytes.ts";

export interface Entry {
  name: string | Uint8Array;
  data?: string | Uint8Array;
  /** As it stands in the archive, already deflated; told to be `size` bytes. */
  deflated?: { bytes: Uint8Array; size: number };
  store?: boolean;
  /** Of Unix, in the directory: 0o120777 is a link. */
  mode?: number;
  encrypted?: boolean;
  /** As the directory tells it, where it lies. */
  at?: number;
}

export interface ArchiveShape {
  /** How many entries the end of the archive tells of. */
  count?: number;
  before?: Uint8Array;
  after?: Uint8Array;
}

const bytesOf = (some: string | Uint8Array) => (typeof some === "string" ? utf8(some) : some);

const packed = ({ data = "", deflated, store }: Entry) => {
  const whole = bytesOf(data);
  if (deflated) return { method: 8, bytes: deflated.bytes, size: deflated.size, crc: 0 };
  if (store) return { method: 0, bytes: whole, size: whole.length, crc: crc32(whole) };
  return { method: 8, bytes: deflateRawSync(whole), size: whole.length, crc: crc32(whole) };
};

export const zip = (entries: readonly Entry[], { count, before, after }: ArchiveShape = {}) => {
  const local: Uint8Array[] = before ? [before] : [];
  const directory: Uint8Array[] = [];
  let at = before?.length ?? 0;
  for (const entry of entries) {
    const { method, bytes, size, crc } = packed(entry);
    const name = bytesOf(entry.name);
    const flags = (entry.encrypted ? 1 : 0) | 0x0800;
    const facts = join(
      le16(flags),
      le16(method),
      hex("0000 2158"),
      le32(crc),
      le32(bytes.length),
      le32(size),
      le16(name.length),
      le16(0),
    );
    const part = join(hex("504b0304 1400"), facts, name, bytes);
    const place = join(le16(0), le16(0), le16(0), le32(((entry.mode ?? 0o100644) << 16) >>> 0), le32(entry.at ?? at));
    directory.push(join(hex("504b0102 1403 1400"), facts, place, name));
    local.push(part);
    at += part.length;
  }
  const listed = join(...directory);
  const told = le16(Math.min(count ?? entries.length, 0xffff));
  const end = join(hex("504b0506 0000 0000"), told, told, le32(listed.length), le32(at), le16(0));
  return join(...local, listed, end, after ?? zeros(0));
};

const MAIN = {
  docx: ["word/document.xml", "wordprocessingml.document.main"],
  xlsx: ["xl/workbook.xml", "spreadsheetml.sheet.main"],
  pptx: ["ppt/presentation.xml", "presentationml.presentation.main"],
} as const;

export const OFFICE = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odp: "application/vnd.oasis.opendocument.presentation",
} as const;

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;

export const contentTypes = (kind: keyof typeof MAIN, type?: string) =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${MAIN[kind][0]}" ContentType="${type ?? `application/vnd.openxmlformats-officedocument.${MAIN[kind][1]}+xml`}"/></Types>`;

/** A document of Microsoft's with these words in its main part, and what else belongs into it. */
export const office = (kind: keyof typeof MAIN, words: string, more: readonly Entry[] = [], type?: string) =>
  zip([
    { name: "[Content_Types].xml", data: contentTypes(kind, type) },
    { name: "_rels/.rels", data: `${HEAD}<Relationships/>` },
    { name: MAIN[kind][0], data: `${HEAD}${words}` },
    ...more,
  ]);

/** An open document: its type stands first, and as it is. */
export const openDocument = (kind: "odt" | "ods" | "odp", content: string, more: readonly Entry[] = []) =>
  zip([
    { name: "mimetype", data: OFFICE[kind], store: true },
    { name: "content.xml", data: `${HEAD}${content}` },
    { name: "META-INF/manifest.xml", data: `${HEAD}<manifest/>` },
    ...more,
  ]);
