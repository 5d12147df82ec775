// Forms over a bare connection: any bytes in any order and at any pace, and how the connection ends.
import { connect } from "node:net";

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  status: number;
  code: string | null;
  /** Whether the other side ended the connection, within the time that was waited. */
  isEnded: boolean;
  /** Whether it ended while something was still to be sent: on some systems an answer is lost by that. */
  isBroken: boolean;
  text: string;
}

export type Step = string | Uint8Array | { wait: number } | { end: "half" | "cut" };

export interface RawRequest {
  url: string;
  token: string;
  /** Besides `Host` and `Authorization`; without the type of the body where they bring one. */
  headers?: readonly string[];
  steps: readonly Step[];
  /** How long an answer, and then the end, is waited for. */
  patienceMs?: number;
}

export const EDGE = "edge";
export const FORM = `Content-Type: multipart/form-data; boundary=${EDGE}`;
export const part = (head: string, body = "") => `--${EDGE}\r\n${head}\r\n\r\n${body}\r\n`;
export const filePart = (name = "a.txt", body = "words", type = "text/plain") =>
  part(`Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}`, body);
export const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);
export const END = `--${EDGE}--\r\n`;

/** The body in one piece, with its length. */
export const whole = (body: string | Uint8Array, ...headers: string[]): Pick<RawRequest, "headers" | "steps"> => ({
  headers: [...headers, `Content-Length: ${Buffer.byteLength(body)}`],
  steps: [body],
});

/** One chunk of a body whose length nobody told. */
export const chunk = (body: string): string => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
export const chunked = (...bodies: string[]): Pick<RawRequest, "headers" | "steps"> => ({
  headers: [FORM, "Transfer-Encoding: chunked"],
  steps: [...bodies.map(chunk), "0\r\n\r\n"],
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Never rejects: a connection that breaks is an answer, too. */
export const rawUpload = async ({
  url,
  token,
  headers = [],
  steps,
  patienceMs = 8_000,
}: RawRequest): Promise<RawAnswer> => {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
  let text = "";
  let isEnded = false;
  let isBroken = false;
  const over = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const ended = () => {
    isEnded = true;
    answered.resolve();
    over.resolve();
  };
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString("latin1");
    if (text.includes("\r\n\r\n")) answered.resolve();
  });
  socket
    .on("end", ended)
    .on("close", ended)
    .on("error", () => {
      isBroken = true;
      ended();
    });
  const lines = ["POST /api/chat/uploads/ HTTP/1.1", "Host: x", `Authorization: Bearer ${token}`, ...headers];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  for (const step of steps) {
    if (socket.destroyed || !socket.writable) {
      isBroken = true;
      break;
    }
    // The steps are in an order, and some of them are slow.
    /* oxlint-disable no-await-in-loop */
    if (typeof step === "string" || step instanceof Uint8Array) {
      if (!socket.write(step)) await Promise.race([new Promise((go) => socket.once("drain", go)), over.promise]);
    } else if ("wait" in step) await wait(step.wait);
    else if (step.end === "half") socket.end();
    else socket.destroy();
    /* oxlint-enable no-await-in-loop */
  }
  await Promise.race([answered.promise, wait(patienceMs)]);
  // What follows the head, and the end if there is one soon.
  await Promise.race([over.promise, wait(150)]);
  socket.destroy();
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  return { status, code: /"code":"([a-z_]+)"/.exec(text)?.[1] ?? null, isEnded, isBroken, text };
};
