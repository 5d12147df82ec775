// Files in an S3-compatible store as the BlobStore port: for a school whose machine's disk is too small or too mortal.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Refusal } from "@homeroom/protocol";
import type { BlobStore, ByteRange } from "../kit/ports.ts";
import { isKey, requireKey, WrongKey } from "./blob-keys.ts";
import { S3Calls, type S3Patience, S3Trouble } from "./s3-calls.ts";

interface S3Options extends S3Patience {
  /** Keys asked for at once; the store may give fewer. */
  readonly page: number;
}

const USUAL: S3Options = { answerMs: 2_000, stallMs: 15_000, page: 1_000 };
const FULL = /StorageFull|Quota|InsufficientStorage/i;

/** `https://KEY:SECRET@host:port/bucket?region=…`; the bucket is there already. Nothing is asked of it at first. */
export const s3Files = (url: string, changed: Partial<S3Options> = {}): BlobStore => {
  const options = { ...USUAL, ...changed };
  const store = new S3Files(new S3Calls(url, options), options.page);
  return {
    keep: (key, path) => store.keep(key, path).catch(refuse),
    read: (key, range) => store.read(key, range).catch(refuse),
    remove: (key) => store.remove(key).catch(refuse),
    list: () => store.list(),
    ping: () => store.ping(),
  };
};

class S3Files {
  readonly #calls: S3Calls;
  readonly #pageSize: number;

  constructor(calls: S3Calls, pageSize: number) {
    this.#calls = calls;
    this.#pageSize = pageSize;
  }

  async keep(key: string, path: string): Promise<void> {
    requireKey(key);
    const { size } = await stat(path);
    const sha256 = await digest(path);
    try {
      const answer = await this.#calls.send({
        method: "PUT",
        key,
        // The store compares: what arrives cut or changed is refused by it.
        body: { open: () => createReadStream(path), size, sha256 },
      });
      answer.resume();
    } catch (error) {
      // It may have taken the file and only its answer was lost.
      await this.remove(key).catch(() => undefined);
      throw error;
    }
    await rm(path, { force: true });
  }

  async read(key: string, range?: ByteRange): Promise<Readable | null> {
    requireKey(key);
    if (range && range.end <= range.start) return Readable.from([]);
    try {
      const asked = range && `bytes=${range.start}-${range.end - 1}`;
      const answer = await this.#calls.send({ method: "GET", key, ...(asked && { range: asked }) });
      const length = Number(answer.headers["content-length"]);
      if (!range || (answer.statusCode === 206 && length <= range.end - range.start)) return answer;
      answer.destroy();
      throw new Error("The S3 store gives other ranges than it is asked for.");
    } catch (error) {
      if (error instanceof S3Trouble && isMissing(error)) return null;
      // As on a disk: behind the end there is nothing.
      if (error instanceof S3Trouble && error.status === 416) return Readable.from([]);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    requireKey(key);
    try {
      (await this.#calls.send({ method: "DELETE", key })).resume();
    } catch (error) {
      if (!(error instanceof S3Trouble && isMissing(error))) throw error;
    }
  }

  async *list(): AsyncGenerator<{ key: string; storedAt: number }> {
    let from: string | undefined;
    do {
      const page: string = await this.#page(from).catch(refuse);
      for (const [, item = ""] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const key = inner(item, "Key");
        if (isKey(key)) yield { key, storedAt: Date.parse(inner(item, "LastModified")) };
      }
      from = inner(page, "IsTruncated") === "true" ? inner(page, "NextContinuationToken") : undefined;
    } while (from);
  }

  async ping(): Promise<void> {
    await this.#calls.text({ method: "GET", key: "", query: { "list-type": "2", "max-keys": "1" } });
  }

  #page(from: string | undefined): Promise<string> {
    const query = { "list-type": "2", "max-keys": String(this.#pageSize), ...(from && { "continuation-token": from }) };
    return this.#calls.text({ method: "GET", key: "", query });
  }
}

const isMissing = ({ status, code }: S3Trouble): boolean => status === 404 && code !== "NoSuchBucket";

const digest = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};

/** What stands between the tags of a short XML text that has no attributes there. */
const inner = (xml: string, tag: string): string => plain(new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "");

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(Number.parseInt(decimal ?? hex ?? "0", decimal === undefined ? 16 : 10));
  });

const refuse = (error: unknown): never => {
  if (error instanceof WrongKey) throw error;
  const isFull = error instanceof S3Trouble && (error.status === 507 || FULL.test(error.code));
  const refusal = new Refusal(isFull ? "storage_full" : "unavailable");
  refusal.cause = error;
  throw refusal;
};
