// Over eighty forms as no browser sends them, each with the answers that are right.
import { SIZES } from "@homeroom/protocol";
import { chunk, chunked, EDGE, END, field, filePart, FORM, part, type RawRequest, whole } from "./raw-forms.ts";

type Form = Pick<RawRequest, "headers" | "steps" | "patienceMs">;
/** What it is, its bytes, and the statuses that are right. */
export type Case = readonly [what: string, form: Form, statuses: readonly number[]];

const FINE = [201] as const;
const NO = [400] as const;
/** Nobody said what this means; either is right, as long as it is said. */
const EITHER = [201, 400] as const;
const typed = (type: string, body = filePart() + END) => whole(body, `Content-Type: ${type}`);
const form = (...parts: string[]) => whole(parts.join(""), FORM);
const file = (head: string, body = "words") => form(part(head, body), END);
const named = (rest: string) => file(`Content-Disposition: form-data; name="file"; ${rest}`);
const times = (count: number, made: (n: number) => string) => Array.from({ length: count }, (_, n) => made(n)).join("");

export const types: readonly Case[] = [
  ["no type", whole(filePart() + END), [415]],
  ["a type of JSON", typed("application/json"), [415]],
  ["a form of another kind", typed("application/x-www-form-urlencoded", "file=x"), [415]],
  ["a mixed form", typed(`multipart/mixed; boundary=${EDGE}`), [415]],
  ["no boundary", typed("multipart/form-data"), NO],
  ["an empty boundary", typed("multipart/form-data; boundary="), NO],
  ["an empty boundary in quotes", typed('multipart/form-data; boundary=""'), NO],
  ["another boundary", typed("multipart/form-data; boundary=other"), NO],
  ["a boundary in quotes", typed(`multipart/form-data; boundary="${EDGE}"`), FINE],
  ["two boundaries", typed(`multipart/form-data; boundary=${EDGE}; boundary=other`), EITHER],
  ["a boundary of 10,000 signs", typed(`multipart/form-data; boundary=${"b".repeat(10_000)}`), [400, 431]],
  ["a boundary of strange signs", typed("multipart/form-data; boundary=\x01\x02"), [400]],
  ["a boundary that is a line of the file", typed("multipart/form-data; boundary=words"), NO],
  ["a boundary in capitals", typed(`MULTIPART/FORM-DATA; BOUNDARY=${EDGE}`), FINE],
  ["a table of letters", typed(`multipart/form-data; charset=utf-7; boundary=${EDGE}`), EITHER],
  ["a boundary in parts", typed(`multipart/form-data; boundary*0=ed; boundary*1=ge`), NO],
  ["a boundary in a coded way", typed(`multipart/form-data; boundary*=UTF-8''${EDGE}`), EITHER],
];

export const wholes: readonly Case[] = [
  ["no body", form(""), NO],
  ["only an end", form(END), NO],
  ["only a beginning", form(`--${EDGE}`), NO],
  ["an end and then a file", form(END, filePart(), END), NO],
  ["no end", form(filePart()), NO],
  ["half of an end", form(filePart().slice(0, -2), `\r\n--${EDGE}`), NO],
  ["an end without a line end", form(filePart(), `--${EDGE}--`), FINE],
  ["words before the first part", form("preamble\r\n", filePart(), END), FINE],
  ["30 KB before the first part", form("x".repeat(30_000), "\r\n", filePart(), END), EITHER],
  ["words after the end", form(filePart(), END, "epilogue"), EITHER],
  ["a megabyte after the end", form(filePart(), END, "x".repeat(1_048_576)), EITHER],
  ["a part without a head", form(`--${EDGE}\r\n\r\nwords\r\n`, END), NO],
  [
    "a part without an empty line",
    form(`--${EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n`, END),
    NO,
  ],
  ["bare line feeds", form((filePart() + END).replaceAll("\r\n", "\n")), [201, 400]],
  ["only NULs", form("\0".repeat(5_000)), NO],
  ["a boundary within a line of the file", form(filePart("a.txt", `words --${EDGE} words`), END), FINE],
  ["a boundary within the file", form(filePart("a.txt", `words\r\n--${EDGE}x`), END), EITHER],
  ["a form of a form", form(filePart("a.txt", `--inner\r\n${filePart().replace(EDGE, "inner")}--inner--`), END), FINE],
  [
    "a nested multipart",
    form(
      part(
        `Content-Disposition: form-data; name="file"\r\nContent-Type: multipart/mixed; boundary=inner`,
        `--inner\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nwords\r\n--inner--`,
      ),
      END,
    ),
    NO,
  ],
  [
    "10,000 beginnings",
    form(
      times(10_000, () => `--${EDGE}\r\n`),
      END,
    ),
    NO,
  ],
];

export const parts: readonly Case[] = [
  [
    "10,000 fields",
    form(
      times(10_000, (n) => field(`f${n}`, "x")),
      filePart(),
      END,
    ),
    NO,
  ],
  [
    "10,000 files",
    form(
      times(10_000, () => filePart()),
      END,
    ),
    NO,
  ],
  ["a file twice", form(filePart(), filePart("b.txt"), END), NO],
  ["a file and a field of its name", form(filePart(), field("file", "x"), END), NO],
  ["a field of the file's name first", form(field("file", "x"), filePart(), END), NO],
  ["a file that is a field", form(field("file", "words"), END), NO],
  ["a file of another name", form(filePart().replace(`name="file"`, `name="other"`), END), NO],
  ["a file of another name first", form(filePart().replace(`name="file"`, `name="other"`), filePart(), END), NO],
  ["a file without a name of its part", file(`Content-Disposition: form-data; filename="a.txt"`), NO],
  ["a part without a disposition", file("Content-Type: text/plain"), NO],
  ["a part of another disposition", file(`Content-Disposition: attachment; name="file"; filename="a.txt"`), [400]],
  [
    "two dispositions",
    file(
      `Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Disposition: form-data; name="kind"`,
    ),
    EITHER,
  ],
  ["a name of 10,000 signs", form(field("f".repeat(10_000), "x"), filePart(), END), NO],
  ["the name __proto__", form(field("__proto__", "x"), filePart(), END), NO],
  ["the name constructor", form(field("constructor", "x"), filePart(), END), NO],
  ["the name of a list", form(field("kind[]", "image"), filePart(), END), NO],
  ["an unknown field", form(field("room", "1"), filePart(), END), NO],
  ["an unknown field after the file", form(filePart(), field("uploader_id", "1"), END), NO],
  ["a field after the file", form(filePart(), field("kind", "document"), END), FINE],
  ["a field before the file", form(field("kind", "document"), filePart(), END), FINE],
  ["a field twice", form(field("kind", "document"), field("kind", "document"), filePart(), END), NO],
  ["a field of 100,000 signs", form(field("waveform", "1".repeat(100_000)), filePart(), END), NO],
  ["a field of the wrong kind", form(field("kind", "program"), filePart(), END), NO],
  ["a length that is none", form(field("duration_ms", "long"), filePart(), END), NO],
  ["a length of a day", form(field("duration_ms", "86400000"), filePart(), END), NO],
  ["a length below nothing", form(field("duration_ms", "-1"), filePart(), END), NO],
  ["a length that is a list", form(field("duration_ms", "[1]"), filePart(), END), NO],
  ["a waveform of 10,000 steps", form(field("waveform", `[${times(900, () => "1,")}1]`), filePart(), END), NO],
  ["a waveform of lists in lists", form(field("waveform", "[".repeat(1_000) + "]".repeat(1_000)), filePart(), END), NO],
  ["a waveform too loud", form(field("waveform", "[1e400]"), filePart(), END), NO],
  [
    "a field in base64",
    form(
      part(`Content-Disposition: form-data; name="kind"\r\nContent-Transfer-Encoding: base64`, "ZG9jdW1lbnQ="),
      filePart(),
      END,
    ),
    EITHER,
  ],
  [
    "a file in base64",
    file(
      `Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Transfer-Encoding: base64`,
      "d29yZHM=",
    ),
    EITHER,
  ],
  [
    "a file that is packed",
    file(`Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Encoding: gzip`),
    EITHER,
  ],
  [
    "a file of which a part is told to come",
    file(`Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Range: bytes 0-4/99`),
    EITHER,
  ],
  [
    "a head of 100 KB",
    file(`Content-Disposition: form-data; name="file"; filename="a.txt"\r\nX-Long: ${"x".repeat(100_000)}`),
    EITHER,
  ],
  [
    "a head of 10,000 lines",
    file(
      `Content-Disposition: form-data; name="file"; filename="a.txt"\r\n${times(10_000, (n) => `X-${n}: x\r\n`)}X: x`,
    ),
    EITHER,
  ],
  [
    "a head line without a colon",
    file(`Content-Disposition: form-data; name="file"; filename="a.txt"\r\nnonsense`),
    EITHER,
  ],
  ["a name of the file of 100,000 signs", named(`filename="${"a".repeat(100_000)}"`), EITHER],
  ["quotes in quotes", named(String.raw`filename="a\"b\".txt"`), FINE],
  ["a quote that stays open", named(`filename="a.txt`), EITHER],
];

export const lines: readonly Case[] = [
  ["a length that is too small", { headers: [FORM, "Content-Length: 20"], steps: [filePart() + END] }, NO],
  [
    "a length that is too large, and then the end",
    { headers: [FORM, "Content-Length: 9999"], steps: [filePart() + END, { end: "half" }] },
    [0, 400],
  ],
  ["a length of 26 GB", { headers: [FORM, "Content-Length: 26000000000"], steps: [filePart()] }, [413]],
  [
    "a length just too large",
    { headers: [FORM, `Content-Length: ${SIZES.upload_bytes + 70_000}`], steps: [filePart()] },
    [413],
  ],
  ["a length below nothing", { headers: [FORM, "Content-Length: -1"], steps: [filePart() + END] }, NO],
  ["a length in words", { headers: [FORM, "Content-Length: many"], steps: [filePart() + END] }, NO],
  ["two lengths", { headers: [FORM, "Content-Length: 5", "Content-Length: 9"], steps: [filePart() + END] }, NO],
  [
    "a length and chunks",
    {
      headers: [FORM, "Transfer-Encoding: chunked", "Content-Length: 5"],
      steps: [chunk(filePart() + END), "0\r\n\r\n"],
    },
    NO,
  ],
  [
    "chunks in another coding",
    { headers: [FORM, "Transfer-Encoding: gzip, chunked"], steps: [chunk(filePart() + END), "0\r\n\r\n"] },
    EITHER,
  ],
  ["a chunk that is no number", { headers: [FORM, "Transfer-Encoding: chunked"], steps: ["xyz\r\nwords\r\n"] }, NO],
  [
    "a chunk of 2^63 bytes",
    { headers: [FORM, "Transfer-Encoding: chunked"], steps: ["7fffffffffffffff\r\nwords"], patienceMs: 300 },
    [0, 400],
  ],
  ["chunks of one byte", chunked(...(filePart() + END)), FINE],
  [
    "chunks that come one by one",
    {
      headers: [FORM, "Transfer-Encoding: chunked"],
      steps: [...filePart(), ...END]
        .flatMap((sign, n) => (n % 20 === 0 ? [{ wait: 5 }, chunk(sign)] : [chunk(sign)]))
        .concat("0\r\n\r\n"),
    },
    FINE,
  ],
  [
    "trailers after the chunks",
    {
      headers: [FORM, "Transfer-Encoding: chunked", "Trailer: X-Evil"],
      steps: [chunk(filePart() + END), "0\r\nX-Evil: 1\r\nAuthorization: none\r\n\r\n"],
    },
    FINE,
  ],
  [
    "a wish to go on",
    {
      headers: [FORM, "Expect: 100-continue", `Content-Length: ${(filePart() + END).length}`],
      steps: [{ wait: 30 }, filePart() + END],
    },
    [100, 201],
  ],
  [
    "a wish that nobody knows",
    { headers: [FORM, "Expect: money", `Content-Length: ${(filePart() + END).length}`], steps: [filePart() + END] },
    [201, 417],
  ],
  [
    "a packed body",
    {
      headers: [FORM, "Content-Encoding: gzip", `Content-Length: ${(filePart() + END).length}`],
      steps: [filePart() + END],
    },
    [201, 400, 415],
  ],
  [
    "a file that is cut off",
    { headers: [FORM, "Content-Length: 9999"], steps: [filePart().slice(0, -4), { wait: 20 }, { end: "cut" }] },
    [0],
  ],
  [
    "a head that is cut off",
    { headers: [FORM, "Content-Length: 9999"], steps: [`--${EDGE}\r\nContent-Disp`, { wait: 20 }, { end: "cut" }] },
    [0],
  ],
  [
    "chunks that are cut off",
    {
      headers: [FORM, "Transfer-Encoding: chunked"],
      steps: [chunk(filePart().slice(0, -2)), { wait: 20 }, { end: "cut" }],
    },
    [0],
  ],
];
