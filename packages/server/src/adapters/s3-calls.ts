// Signed requests to an S3-compatible store: one call, its timeouts, and what its refusals mean. Knows no blob.
import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from "node:http";
import { Agent as HttpsAgent, request as overHttps } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { AwsV4Signer } from "aws4fetch";

export interface S3Patience {
  /** Until a call without a body is answered. */
  readonly answerMs: number;
  /** For which nothing may move while bytes travel, and until a body that was sent is answered. */
  readonly stallMs: number;
}

export interface S3Call {
  method: "GET" | "PUT" | "DELETE";
  /** Below the bucket; empty for the bucket itself. */
  key: string;
  query?: Readonly<Record<string, string>>;
  range?: string;
  body?: { open: () => Readable; size: number; sha256: string };
}

/** SHA-256 of nothing, which is what calls without a body carry. */
const NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const LONGEST_PAGE = 8 * 1024 * 1024;
const LONGEST_ERROR = 64 * 1024;

/** What the store says instead of doing it. Its message never holds what signs the calls. */
export class S3Trouble extends Error {
  readonly status: number;
  readonly code: string;

  constructor(host: string, status: number, code: string) {
    super(`The S3 store at ${host} answered ${status}${code && ` ${code}`}.`);
    this.status = status;
    this.code = code;
  }
}

/** What went wrong on a line that had been kept open. */
class StaleLine extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

export class S3Calls {
  readonly #base: URL;
  readonly #signing: { accessKeyId: string; secretAccessKey: string; region: string; service: "s3" };
  readonly #patience: S3Patience;
  readonly #agent: HttpAgent;
  readonly #keys = new Map<string, ArrayBuffer>();

  /** `https://KEY:SECRET@host:port/bucket?region=…` */
  constructor(url: string, patience: S3Patience) {
    const base = new URL(url);
    this.#signing = {
      accessKeyId: decodeURIComponent(base.username),
      secretAccessKey: decodeURIComponent(base.password),
      region: base.searchParams.get("region") || "us-east-1",
      service: "s3",
    };
    this.#base = new URL(base.pathname.replace(/\/*$/, ""), base.origin);
    this.#patience = patience;
    this.#agent = new (base.protocol === "https:" ? HttpsAgent : HttpAgent)({ keepAlive: true });
  }

  /** Answers with what has a 2xx status; everything else is thrown, and its body is read already. */
  async send(call: S3Call): Promise<IncomingMessage> {
    const answer = await this.#once(call).catch((error: unknown) => {
      // A line that was kept open may have been closed by the other end just now: worth one more try, on a new one.
      if (!(error instanceof StaleLine)) throw error;
      return this.#once(call);
    });
    if (answer.statusCode && answer.statusCode < 300) return answer;
    const said = await wholeOf(answer, LONGEST_ERROR).catch(() => "");
    throw new S3Trouble(this.#base.host, answer.statusCode ?? 0, /<Code>(\w{1,80})<\/Code>/.exec(said)?.[1] ?? "");
  }

  /** The whole of an answer that is known to be short. */
  async text(call: S3Call): Promise<string> {
    return wholeOf(await this.send(call), LONGEST_PAGE);
  }

  async #once(call: S3Call): Promise<IncomingMessage> {
    const { method, body } = call;
    const { url, headers } = await this.#sign(call);
    const send = url.protocol === "https:" ? overHttps : overHttp;
    const asked = send(url, { method, headers, agent: this.#agent });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      asked.once("response", resolve);
      asked.on("error", (error) => reject(asked.reusedSocket ? new StaleLine(error) : error));
    });
    const late = setTimeout(
      () => asked.destroy(new Error(`The S3 store at ${this.#base.host} does not answer.`)),
      body ? this.#patience.stallMs : this.#patience.answerMs,
    );
    asked.on("drain", () => void late.refresh());
    if (body) pipeline(body.open(), asked, (error) => error && asked.destroy(error));
    else asked.end();
    try {
      const answer = await answered;
      this.#watchBody(answer);
      return answer;
    } finally {
      clearTimeout(late);
    }
  }

  async #sign({
    method,
    key,
    query = {},
    range,
    body,
  }: S3Call): Promise<{ url: URL; headers: Record<string, string> }> {
    const url = new URL(this.#base);
    if (key) url.pathname += `/${key}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers: Record<string, string> = { "x-amz-content-sha256": body?.sha256 ?? NOTHING };
    if (range) headers["range"] = range;
    const signer = new AwsV4Signer({ method, url: url.href, headers, cache: this.#keys, ...this.#signing });
    const signed = await signer.sign();
    const all = Object.fromEntries(signed.headers);
    return { url: signed.url, headers: body ? { ...all, "content-length": String(body.size) } : all };
  }

  /** Cuts an answer that stops in its middle. Who reads slowly is no such thing: then bytes lie ready. */
  #watchBody(answer: IncomingMessage): void {
    let before = -1;
    const { socket } = answer;
    const timer = setInterval(() => {
      const isWaiting = answer.readableLength === 0 && socket.bytesRead === before;
      before = socket.bytesRead;
      if (isWaiting) answer.destroy(new Error(`The S3 store at ${this.#base.host} stopped in the middle.`));
    }, this.#patience.stallMs);
    answer.once("close", () => clearInterval(timer));
  }
}

const wholeOf = async (answer: Readable, most: number): Promise<string> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size > most) throw new Error("The S3 store says more than it was asked.");
  }
  return Buffer.concat(pieces).toString();
};
