// A file as an HTTP answer: whole or in part, under headers that let no browser make more of it than it is.
import { Readable } from "node:stream";
import { type FileBody, Refusal } from "@homeroom/protocol";
import { create } from "content-disposition";
import type { Context } from "hono";
import type { Env } from "./request.ts";

/** What a browser may make of a file: nothing that runs, nothing that asks for more. Instead of what all answers have. */
const POLICY = "sandbox; default-src 'none'";

interface Range {
  start: number;
  end: number;
}

/** Of several parts at once the whole is sent, as anybody may. Throws `range_not_satisfiable`. */
export const rangeIn = (asked: string | undefined, size: number): Range | null => {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  const range =
    first === ""
      ? { start: Math.max(0, size - Number(last)), end: size }
      : { start: Number(first), end: last === "" ? size : Math.min(size, Number(last) + 1) };
  // An end before the beginning is no range at all, and is passed over.
  if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
  if (range.start >= range.end) throw new Refusal("range_not_satisfiable");
  return range;
};

const namesTag = (list: string | undefined, tag: string): boolean =>
  list !== undefined && list.split(",").some((one) => ["*", tag].includes(one.trim().replace(/^W\//, "")));

/** A name that a header cannot carry as it is goes along encoded, beside one in plain letters. */
const dispositionOf = ({ name, shown }: FileBody): string => create(name, { type: shown ? "inline" : "attachment" });

const rangeOf = (c: Context<Env>, file: FileBody, tag: string): Range | null => {
  // A part of what was there before would be put together with what is there now.
  const ifRange = c.req.header("if-range");
  if (c.req.method === "HEAD" || (ifRange !== undefined && ifRange !== tag)) return null;
  try {
    return rangeIn(c.req.header("range"), file.size);
  } catch (error) {
    c.header("Content-Range", `bytes */${file.size}`);
    throw error;
  }
};

export const sendFile = async (c: Context<Env>, file: FileBody): Promise<Response> => {
  c.header("Content-Security-Policy", POLICY);
  const tag = `"${file.tag}"`;
  c.header("ETag", tag);
  if (namesTag(c.req.header("if-none-match"), tag)) return c.body(null, 304);
  c.header("Accept-Ranges", "bytes");
  const range = rangeOf(c, file, tag);
  const { start, end } = range ?? { start: 0, end: file.size };
  const bytes = c.req.method === "HEAD" ? null : await file.open(range ?? undefined);
  c.header("Content-Type", file.mime);
  c.header("Content-Disposition", dispositionOf(file));
  c.header("Content-Length", String(end - start));
  if (range) c.header("Content-Range", `bytes ${start}-${end - 1}/${file.size}`);
  const status = range ? 206 : 200;
  const cut = () => void c.env.outgoing.destroy();
  return bytes ? c.body(asWebStream(bytes, cut), status) : c.body(null, status);
};

/**
 * Read no faster than the other side takes it, and ended when they hang up. A refusal on the way cuts the line: with a
 * length announced, that is what can still be said, and no error of ours.
 */
const asWebStream = (bytes: AsyncIterable<Uint8Array>, cut: () => void): ReadableStream => {
  const stream = bytes instanceof Readable ? bytes : Readable.from(bytes);
  const pieces: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          cut();
          controller.close();
        }
      },
      cancel: () => void stream.destroy(),
    },
    { highWaterMark: 0 },
  );
};
