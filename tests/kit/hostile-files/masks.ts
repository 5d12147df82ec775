// Files that are not what their name and their sender say: programs, pages and noise under every name that is allowed.
import { base64, hex, hostile, type HostileFile, join, noise, onlyWords, raw, refused, utf8, zeros } from "./bytes.ts";
import { OFFICE, zip } from "./zip.ts";

/** Every kind of file that may be shared, by its usual name. */
export const ALLOWED: readonly (readonly [name: string, type: string])[] = [
  ["picture.png", "image/png"],
  ["picture.jpg", "image/jpeg"],
  ["picture.gif", "image/gif"],
  ["picture.webp", "image/webp"],
  ["picture.avif", "image/avif"],
  ["paper.pdf", "application/pdf"],
  ["paper.docx", OFFICE.docx],
  ["table.xlsx", OFFICE.xlsx],
  ["talk.pptx", OFFICE.pptx],
  ["paper.odt", OFFICE.odt],
  ["table.ods", OFFICE.ods],
  ["talk.odp", OFFICE.odp],
  ["words.txt", "text/plain"],
  ["table.csv", "text/csv"],
  ["all.zip", "application/zip"],
  ["voice.webm", "audio/webm"],
  ["voice.ogg", "audio/ogg"],
  ["voice.m4a", "audio/mp4"],
  ["voice.mp3", "audio/mpeg"],
  ["voice.wav", "audio/wav"],
];

const page = `<!doctype html><html><body><script>window.__pwned=1;alert(1)</script><img src="https://evil.example/p.gif"></body></html>`;

const exe = join(raw("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"), noise(48), raw("PE\0\0\x64\x86"), noise(400));
const elf = join(hex("7f454c46 02010100"), zeros(8), hex("0200 3e00 01000000"), noise(400));
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.__pwned=1"><script>alert(1)</script><image href="https://evil.example/p.gif"/></svg>`;

const maskedAs = ([name, type]: readonly [string, string]): HostileFile[] => [
  hostile(`a program for Windows as ${name}`, [name, type], exe, refused(415)),
  hostile(`noise as ${name}`, [name, type], noise(900, name.length), refused(415)),
  hostile(`a page with a script as ${name}`, [name, type], page, onlyWords),
  hostile(`an SVG with a script as ${name}`, [name, type], svg, onlyWords),
];

const programs: readonly (readonly [what: string, name: string, type: string, bytes: Uint8Array])[] = [
  ["a program for Windows", "setup.exe", "application/x-msdownload", exe],
  ["a library for Windows", "setup.dll", "application/x-msdownload", exe],
  ["a screen saver", "photo.scr", "image/png", exe],
  ["a program for DOS", "a.com", "application/octet-stream", join(raw("\xe9\x10\x00\0"), noise(60))],
  ["a program for Linux", "run", "application/octet-stream", elf],
  ["a program for Linux as a picture", "run.png", "image/png", elf],
  ["a program for macOS", "run", "application/octet-stream", join(hex("cffaedfe 07000001 03000000"), noise(200))],
  ["a program for two kinds of macOS", "run", "application/octet-stream", join(hex("cafebabe 00000002"), noise(200))],
  [
    "an installer",
    "setup.msi",
    "application/x-msi",
    join(hex("d0cf11e0a1b11ae1"), zeros(16), hex("3e000300feff0900"), zeros(1_500)),
  ],
  [
    "a shortcut",
    "Homework.lnk",
    "application/x-ms-shortcut",
    join(hex("4c000000 01140200 00000000 c0000000 00000046"), noise(80)),
  ],
  ["a class of Java", "A.class", "application/java-vm", join(hex("cafebabe 00000034"), noise(120))],
  ["a module of WebAssembly", "a.wasm", "application/wasm", join(hex("0061736d 01000000"), noise(40))],
  ["a film of Flash", "a.swf", "application/x-shockwave-flash", join(raw("CWS\x0a"), noise(200))],
  ["a film of Flash, not packed", "a.swf", "image/gif", join(raw("FWS\x0a"), noise(200))],
  ["a package of Android", "a.dex", "application/octet-stream", join(raw("dex\n035\0"), noise(100))],
  ["compiled Python", "a.pyc", "application/octet-stream", join(hex("a70d0d0a"), zeros(4), noise(90))],
  ["an object file", "a.o", "text/plain", join(hex("7f454c46 01010100"), zeros(8), hex("01000300"), noise(90))],
  ["an archive of Windows", "a.cab", "application/zip", join(raw("MSCF\0\0\0\0"), noise(90))],
  ["an archive of 7-Zip", "a.7z", "application/zip", join(hex("377abcaf271c0004"), noise(90))],
  ["an archive of RAR", "a.rar", "application/zip", join(raw("Rar!\x1a\x07\x01\0"), noise(90))],
  ["a packed file", "a.gz", "application/zip", join(hex("1f8b0800 00000000 0003"), noise(90))],
  [
    "an archive of tar",
    "a.tar",
    "application/zip",
    join(raw("a.sh".padEnd(257, "\0")), raw("ustar\x0000"), zeros(247)),
  ],
  ["the image of a disk", "a.iso", "application/pdf", join(zeros(32_769), raw("CD001\x01"), zeros(400))],
  ["a database", "a.db", "text/plain", join(raw("SQLite format 3\0"), noise(90))],
  ["a compiled help page", "help.chm", "application/pdf", join(raw("ITSF\x03\0\0\0"), noise(90))],
  [
    "a package of Debian",
    "a.deb",
    "application/zip",
    join(raw("!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n"), noise(60)),
  ],
  ["an extension of Chromium", "a.crx", "application/zip", join(raw("Cr24\x03\0\0\0"), noise(60))],
  [
    "words in Rich Text with an object",
    "a.rtf",
    "text/plain",
    raw(String.raw`{\rtf1{\object\objocx{\*\objdata 0105}}}`),
  ],
  ["a program of PostScript", "a.ps", "application/pdf", raw("%!PS-Adobe-3.0\n(%pipe%id) (w) file\nquit\n")],
  ["an EPS with a head of DOS", "a.eps", "image/png", join(hex("c5d0d3c6"), noise(60))],
  ["a font", "a.woff2", "image/png", join(raw("wOF2"), noise(90))],
  [
    "a note with an older Office in it",
    "old.doc",
    "application/msword",
    join(hex("d0cf11e0a1b11ae1"), zeros(16), hex("3e000300feff0900"), noise(700)),
  ],
  [
    "a film",
    "film.mp4",
    "audio/mp4",
    join(hex("0000002066747970 69736f6d 00000200 69736f6d 69736f32 61766331 6d703431"), noise(90)),
  ],
  [
    "a film of Apple",
    "film.mov",
    "video/quicktime",
    join(hex("00000014667479707174202020000000007174 2020"), noise(90)),
  ],
  ["a film of Matroska", "film.mkv", "audio/webm", join(hex("1a45dfa3 8b 4282 88"), raw("matroska"), noise(60))],
  ["a key", "key.pgp", "text/plain", join(hex("99010d04"), noise(90))],
];

const archiveOfJava = zip([
  { name: "META-INF/MANIFEST.MF", data: "Manifest-Version: 1.0\nMain-Class: A\n" },
  { name: "A.class", data: join(hex("cafebabe 00000034"), noise(80)) },
]);

/** Allowed as a voice message or as nothing; a film has pictures in it, which nobody asked for. */
const notRefused = new Map([
  ["a film", ["audio/mp4", "video/mp4"]],
  ["a film of Matroska", ["audio/webm"]],
]);

export const masks: readonly HostileFile[] = [
  ...ALLOWED.flatMap(maskedAs),
  ...programs.map(([what, name, type, bytes]) => {
    const kept = notRefused.get(what);
    if (kept) return hostile(what, [name, type], bytes, { refused: [415, 422], blocked: true, served: kept });
    const isWords = name === "a.rtf" || name === "a.ps";
    return hostile(what, [name, type], bytes, isWords ? onlyWords : refused(415));
  }),
  hostile("an archive of Java", ["a.jar", "application/java-archive"], archiveOfJava, {
    refused: [415],
    blocked: false,
    served: ["application/zip"],
  }),
  hostile(
    "a package for phones",
    ["a.apk", "application/zip"],
    zip([
      { name: "AndroidManifest.xml", data: noise(50) },
      { name: "classes.dex", data: noise(50) },
    ]),
    {
      refused: [415],
      blocked: false,
      served: ["application/zip"],
    },
  ),
  hostile(
    "a page in UTF-16 under a picture's name",
    ["a.png", "image/png"],
    join(hex("fffe"), Buffer.from(page, "utf16le")),
    onlyWords,
  ),
  hostile(
    "base64 of a picture",
    ["a.png", "image/png"],
    utf8(base64("iVBORw0KGgo=").toString("base64").repeat(20)),
    onlyWords,
  ),
];
