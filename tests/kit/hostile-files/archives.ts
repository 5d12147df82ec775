// Archives and documents that harm whoever unpacks them. The server never does; they go out as they came in.
import { harmless, hex, hostile, type HostileFile, join, le16, le32, noise, raw, utf8, zeros } from "./bytes.ts";
import { deflatedZeros } from "./pictures.ts";
import { type Entry, zip } from "./zip.ts";

const MEBI = 1024 * 1024;
const asZip = ["a.zip", "application/zip"] as const;
const archive = harmless("application/zip");

/** Without the head and the sum that an archive does not want. */
export const bomb = (size: number) => ({ bytes: deflatedZeros(size).subarray(2, -4), size });

const one = (what: string, entry: Entry, name: readonly [string, string] = asZip) =>
  hostile(what, name, () => zip([{ data: "words", ...entry }]), archive);

const names = [
  one("a way out of the folder", { name: "../../../../etc/cron.d/x" }),
  one("a way out of the folder of Windows", { name: String.raw`..\..\Windows\x.dll` }),
  one("an absolute name", { name: "/etc/passwd" }),
  one("a drive", { name: String.raw`C:\x.exe` }),
  one("a link to another place", { name: "link", data: "/etc/passwd", mode: 0o120777, store: true }),
  one("a device", { name: "dev", mode: 0o020666 }),
  one("a program that runs as its owner", { name: "run", mode: 0o104755 }),
  one("a name with NUL", { name: utf8("a.txt\0.exe") }),
  one("a name of 60,000 signs", { name: "x".repeat(60_000) }),
  one("a name that is no UTF-8", { name: raw("\xff\xfe\xfd") }),
  one("no name", { name: "" }),
  one("a page", { name: "index.html", data: "<script>window.__pwned=1</script>" }),
  one("what is locked with a password", { name: "secret.txt", data: noise(200), encrypted: true, store: true }),
];

const bombs: readonly HostileFile[] = [
  hostile("what inflates to 4 GB", asZip, () => zip([{ name: "bomb", deflated: bomb(4_000 * MEBI) }]), archive),
  hostile("what inflates to 1 GB, ten times the same", asZip, () => zip(overlapping(10, bomb(1_000 * MEBI))), archive),
  hostile("1,000 entries at one place", asZip, () => zip(overlapping(1_000, bomb(10 * MEBI))), archive),
  hostile(
    "a million entries, told at its end",
    asZip,
    () => zip([{ name: "a", data: "b" }], { count: 0xffff }),
    archive,
  ),
  hostile(
    "60,000 entries",
    asZip,
    () => zip(Array.from({ length: 60_000 }, (_, n) => ({ name: `${n}`, store: true }))),
    archive,
  ),
  hostile("archives in archives", asZip, () => nested(12), archive),
  hostile(
    "an archive that holds its own name",
    asZip,
    () => zip([{ name: "a.zip", data: zip([{ name: "a.zip", data: zip([]) }]) }]),
    archive,
  ),
  hostile("an empty archive", asZip, () => zip([]), archive),
  hostile("only the end of an archive", asZip, hex("504b0506 0000 0000 ffff ffff ffffffff ffffffff 0000"), archive),
  hostile("an archive in many parts", asZip, join(hex("504b0708"), noise(90)), harmless("application/zip")),
  hostile(
    "an archive that tells of 2^32 bytes",
    asZip,
    join(
      hex("504b0304 1400 0000 0000 0000 2158"),
      le32(0),
      le32(0xffffffff),
      le32(0xffffffff),
      le16(5),
      le16(0),
      "a.txt",
    ),
    archive,
  ),
  hostile(
    "an archive whose sizes come later, and never do",
    asZip,
    join(hex("504b0304 1400 0800 0800 0000 2158"), zeros(12), le16(5), le16(0), "a.txt", noise(400)),
    archive,
  ),
  hostile(
    "an archive with 60 KB before it",
    asZip,
    () => zip([{ name: "a", data: "b" }], { before: noise(60_000) }),
    harmless(),
  ),
  hostile(
    "an archive with a page behind it",
    asZip,
    () => zip([{ name: "a", data: "b" }], { after: utf8("<script>window.__pwned=1</script>") }),
    archive,
  ),
  hostile(
    "a name that the end of a list cuts off",
    asZip,
    () => zip([{ name: "abc", data: "d" }]).subarray(0, 60),
    archive,
  ),
];

function overlapping(count: number, deflated: { bytes: Uint8Array; size: number }): Entry[] {
  const first: Entry = { name: "0", deflated };
  const others = Array.from({ length: count - 1 }, (_, n) => ({ name: `${n + 1}`, at: 0, store: true }));
  return [first, ...others];
}

function nested(depth: number): Buffer {
  let inner = zip([{ name: "words.txt", data: "deep" }]);
  for (let n = 0; n < depth; n += 1)
    inner = zip(Array.from({ length: 8 }, (_, i) => ({ name: `${i}.zip`, data: inner })));
  return inner;
}

export const archives: readonly HostileFile[] = [
  ...names.map((file) => ({ ...file, what: `an archive with ${file.what}` })),
  ...bombs,
];
