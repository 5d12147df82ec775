// A form that brings one file, read as it comes: the file onto the disk, and nothing kept beyond its bounds.
import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { finished, pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { type ReceivedFile, Refusal, SIZES } from "@homeroom/protocol";

/** Who sends less than this is no slow line, but somebody who holds one open. */
export interface Patience {
  windowMs: number;
  /** In each window. */
  leastBytes: number;
  /** For the whole form. */
  mostMs: number;
}

/** A line of 10 kB/s takes three quarters of an hour for the largest file; one that stalls for a minute is cut. */
export const UPLOAD_PATIENCE: Patience = { windowMs: 60_000, leastBytes: 60 * 1024, mostMs: 45 * 60_000 };

/** Beside the file: the other fields, and what a form writes between its parts. */
const MOST_AROUND = 64 * 1024;
const MOST_BYTES = SIZES.upload_bytes + MOST_AROUND;
const MOST_FIELDS = 8;
const MOST_FIELD_BYTES = 2_000;
const MOST_NAME = 1_000;
const FULL = new Set(["ENOSPC", "EDQUOT"]);

export interface Received {
  file: ReceivedFile;
  fields: Record<string, string>;
}

const tooLarge = () =>
  new Refusal("too_large", {
    limit: SIZES.upload_bytes,
    detail: `A file may have ${SIZES.upload_bytes >> 20} MB at most.`,
  });
const wrong = (detail: string) => new Refusal("bad_request", { detail });

/** Throws `unsupported_media_type`, `too_large`, `bad_request`, `storage_full`; then nothing of it is left. */
export const receiveForm = async (
  incoming: IncomingMessage,
  name: string,
  folder: string,
  patience = UPLOAD_PATIENCE,
): Promise<Received> => {
  const type = incoming.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw new Refusal("unsupported_media_type", { detail: "Send a form (multipart/form-data)." });
  }
  if (Number(incoming.headers["content-length"] ?? 0) > MOST_BYTES) throw tooLarge();
  const form = new Form(incoming, type, name, join(folder, randomUUID()));
  try {
    return await form.read(patience);
  } catch (error) {
    await form.discard();
    throw error;
  }
};

/** One form on its way in. The first thing that is wrong ends it; the rest of the body is left unread. */
class Form {
  readonly #incoming: IncomingMessage;
  readonly #busboy: BusboyInstance;
  readonly #name: string;
  readonly #path: string;
  readonly #fields = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #failure = Promise.withResolvers<never>();
  #saving: Promise<ReceivedFile> | null = null;
  #written: WriteStream | null = null;
  #bytes = 0;

  constructor(incoming: IncomingMessage, type: string, name: string, path: string) {
    this.#incoming = incoming;
    this.#name = name;
    this.#path = path;
    this.#failure.promise.catch(() => undefined);
    this.#busboy = this.#parser(type);
  }

  #parser(type: string): BusboyInstance {
    const limits = {
      fieldNameSize: 100,
      fieldSize: MOST_FIELD_BYTES,
      fields: MOST_FIELDS,
      // One byte more than is allowed, so that a file of exactly that size is not taken for a larger one.
      fileSize: SIZES.upload_bytes + 1,
      files: 1,
      parts: MOST_FIELDS + 1,
      headerPairs: 16,
      headerSize: 8 * 1024,
    };
    const parser = newParser(type, limits);
    parser.on("file", (name, stream, filename) => this.#file(name, stream, filename));
    parser.on("field", (name, value, nameCut, valueCut) => this.#field(name, value, nameCut || valueCut));
    for (const event of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
      parser.on(event, () => this.#fail(wrong("This form has too many parts.")));
    }
    parser.on("error", () => this.#fail(wrong("This is not a whole form.")));
    return parser;
  }

  async read(patience: Patience): Promise<Received> {
    const stopWatching = this.#watch(patience);
    try {
      this.#incoming.pipe(this.#busboy);
      await Promise.race([finished(this.#busboy, { readable: false }), this.#failure.promise]);
      if (!this.#saving) throw new Refusal("bad_request", { fields: { [this.#name]: ["Send one file."] } });
      const file = await Promise.race([this.#saving, this.#failure.promise]);
      if (file.size > SIZES.upload_bytes) throw tooLarge();
      return { file, fields: Object.fromEntries(this.#fields) };
    } catch (error) {
      throw error instanceof Refusal ? error : refusalOf(error);
    } finally {
      stopWatching();
    }
  }

  /** Stops what goes on, and removes what it left. */
  async discard(): Promise<void> {
    this.#incoming.unpipe(this.#busboy);
    this.#stop.abort();
    await this.#saving?.catch(() => undefined);
    await closed(this.#written);
    await rm(this.#path, { force: true });
    this.#busboy.destroy();
  }

  #fail(refusal: Refusal): void {
    this.#incoming.unpipe(this.#busboy);
    this.#failure.reject(refusal);
  }

  #watch({ windowMs, leastBytes, mostMs }: Patience): () => void {
    let before = 0;
    const count = (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > MOST_BYTES) this.#fail(tooLarge());
    };
    const cut = () => this.#fail(wrong("The connection ended before the file did."));
    const tooSlow = () => this.#fail(wrong("This came too slowly."));
    const pace = setInterval(() => {
      if (this.#bytes - before < leastBytes) tooSlow();
      before = this.#bytes;
    }, windowMs);
    const end = setTimeout(tooSlow, mostMs);
    // What breaks the form of HTTP itself closes the line without a word of an error, perhaps before we look.
    const closed = () => {
      if (!this.#incoming.readableEnded) cut();
    };
    if (this.#incoming.destroyed) closed();
    this.#incoming.on("data", count).once("aborted", cut).once("error", cut).once("close", closed);
    return () => {
      clearInterval(pace);
      clearTimeout(end);
      this.#incoming.off("data", count).off("aborted", cut).off("error", cut).off("close", closed);
      // Whoever hangs up after this is nobody's trouble.
      this.#incoming.on("error", () => undefined);
    };
  }

  #field(name: string, value: string, isCut: boolean): void {
    if (isCut) this.#fail(wrong("A field of this form is too long."));
    else if (this.#fields.has(name)) {
      this.#fail(new Refusal("bad_request", { fields: { [name]: ["Must be given once."] } }));
    } else this.#fields.set(name, value);
  }

  #file(name: string, stream: BusboyFileStream, filename: string): void {
    stream.on("error", () => undefined);
    if (name === this.#name) {
      this.#saving = this.#save(stream, filename);
      this.#saving.catch((error: unknown) => this.#fail(refusalOf(error)));
      return;
    }
    stream.resume();
    this.#fail(new Refusal("bad_request", { fields: { [name.slice(0, 100)]: ["Unknown field."] } }));
  }

  async #save(stream: BusboyFileStream, filename: string): Promise<ReceivedFile> {
    stream.once("limit", () => this.#fail(tooLarge()));
    const hash = createHash("sha256");
    let size = 0;
    this.#written = createWriteStream(this.#path, { flags: "wx", mode: 0o600 });
    await pipeline(
      stream,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      },
      this.#written,
      { signal: this.#stop.signal },
    );
    return { path: this.#path, name: (filename ?? "").slice(0, MOST_NAME), size, sha256: hash.digest("hex") };
  }
}

/** A pipeline ends before its last stream has closed: a file that is only being made would come after its removal. */
const closed = async (stream: WriteStream | null): Promise<void> => {
  if (stream && !stream.closed) await new Promise<void>((resolve) => stream.once("close", () => resolve()));
};

const newParser = (type: string, limits: object): BusboyInstance => {
  try {
    return new Busboy({ headers: { "content-type": type }, limits });
  } catch {
    throw wrong("This form has no boundary.");
  }
};

const refusalOf = (error: unknown): Refusal => {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (FULL.has(code)) return new Refusal("storage_full");
  const refusal =
    code.startsWith("E") && !code.startsWith("ERR_") ? new Refusal("unavailable") : wrong("This is not a whole form.");
  refusal.cause = error;
  return refusal;
};
