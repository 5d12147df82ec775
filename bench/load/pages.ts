// Pages over HTTP/1.1 on connections that stay open, each asking again when it has its answer. Those of the first seconds
// are not counted: what compiles while it runs is measured when it has compiled.
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PAGE_CONNECTIONS, type PagesJob, type PagesResult } from "../jobs.ts";
import { watchCpu } from "./cpu.ts";
import { Histogram } from "./histogram.ts";

/** A prime, so that with any other number each comes once before one comes again. */
const STRIDE = 7_919;

/** Numbers all over the range, in an order that jumps about; the same ones each time, so two runs ask for the same. */
const walk = ({ from, to, different }: PagesJob) => {
  const places = Math.max(1, Math.min(different, to - from));
  let step = 0;
  return () => from + Math.floor((((step++ * STRIDE) % places) * (to - from)) / places);
};

class Asker {
  readonly #socket: Socket;
  readonly #request: () => string;
  readonly #onPage: (bytes: number, ms: number) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  #need: number | null = null;
  #askedAt = 0;

  constructor(
    url: URL,
    request: () => string,
    onPage: (bytes: number, ms: number) => void,
    fail: (why: Error) => void,
  ) {
    this.#request = request;
    this.#onPage = onPage;
    this.#socket = connect({ host: url.hostname, port: Number(url.port || 80), noDelay: true });
    this.#socket.on("error", fail);
    this.#socket.on("close", () => fail(new Error("a connection for pages was closed by the server")));
    this.#socket.on("data", (chunk: Buffer) => {
      try {
        this.#take(chunk);
      } catch (error) {
        fail(error as Error);
      }
    });
    this.#ask();
  }

  end(): void {
    this.#socket.destroy();
  }

  #ask(): void {
    this.#askedAt = performance.now();
    this.#socket.write(this.#request());
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#need ??= this.#sizeFromHead();
    if (this.#need === null || this.#size < this.#need) return;
    if (this.#need === UNTIL_LAST_CHUNK && !Buffer.concat(this.#chunks.slice(-5)).subarray(-5).equals(LAST_CHUNK))
      return;
    this.#onPage(this.#size, performance.now() - this.#askedAt);
    [this.#chunks, this.#size, this.#need] = [[], 0, null];
    this.#ask();
  }

  /** Head and body together, or null while the head is not whole. */
  #sizeFromHead(): number | null {
    const head = Buffer.concat(this.#chunks).toString("latin1");
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return null;
    if (!head.startsWith("HTTP/1.1 200")) throw new Error(`a page was refused: ${head.slice(0, 200)}`);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end))?.[1];
    return length === undefined ? UNTIL_LAST_CHUNK : end + 4 + Number(length);
  }
}

const UNTIL_LAST_CHUNK = 0;
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

export const pages = async (job: PagesJob, ready: () => void): Promise<PagesResult> => {
  const url = new URL(job.url.replace("{n}", "0"));
  const next = walk(job);
  const path = job.url.slice(job.url.indexOf("/", "http://".length));
  const request = () =>
    `GET ${path.replace("{n}", String(next()))} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${job.token}\r\n\r\n`;
  let times = new Histogram();
  let bytes = 0;
  const failed = Promise.withResolvers<never>();
  ready();
  const onPage = (size: number, ms: number) => {
    bytes += size;
    times.addMs(ms);
  };
  const askers = Array.from({ length: PAGE_CONNECTIONS }, () => new Asker(url, request, onPage, failed.reject));
  let cpu = watchCpu(job.pids);
  let start = performance.now();
  try {
    await Promise.race([sleep(job.warm * 1000), failed.promise]);
    [times, bytes, cpu, start] = [new Histogram(), 0, watchCpu(job.pids), performance.now()];
    await Promise.race([sleep(job.seconds * 1000), failed.promise]);
    while (times.count === 0) await Promise.race([sleep(1), failed.promise]);
  } finally {
    for (const asker of askers) asker.end();
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    pages: times.count,
    pagesPerS: times.count / seconds,
    p50: times.quantile(0.5),
    p99: times.quantile(0.99),
    bytesPerPage: bytes / Math.max(1, times.count),
    serverCpuS: cpu.serverS(),
    busy: cpu.busy(),
  };
};
