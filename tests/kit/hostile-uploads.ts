// Uploads written byte by byte: any name, any header, and answers that come before the end of the file.
import { request } from "node:http";
import type { Attachment } from "@homeroom/protocol";
import type { HostileFile } from "./hostile-files/bytes.ts";

export interface UploadAnswer {
  status: number;
  body: Partial<Attachment> & { code?: string; detail?: string; limit?: number };
}

const BOUNDARY = "homeroom-test-boundary";

/** As browsers write a name into a header. */
const escaped = (name: string) => name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const partHead = ({ name, type, disposition }: Pick<HostileFile, "name" | "type" | "disposition">) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n`),
    disposition ?? Buffer.from(`Content-Disposition: form-data; name="file"; filename="${escaped(name)}"`),
    Buffer.from(type === "" ? "\r\n\r\n" : `\r\nContent-Type: ${type}\r\n\r\n`),
  ]);

function* formOf(file: HostileFile): Generator<Uint8Array> {
  yield partHead(file);
  yield* file.bytes();
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}

/**
 * Sends one file, in pieces and with no length told beforehand. Stops where the server answers early. Rejects where
 * the connection ends without an answer: nobody could be told then what was wrong.
 */
export const sendHostile = (url: string, token: string, file: HostileFile): Promise<UploadAnswer> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
    const call = request(`${url}/api/chat/uploads/`, { method: "POST", headers, agent: false });
    let isAnswered = false;
    let go = () => {};
    for (const event of ["drain", "close", "response"]) call.on(event, () => go());
    call.on("error", (error) => reject(new Error(`${error.message} before any answer`)));
    call.on("response", (response) => {
      isAnswered = true;
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => void parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, body: body.startsWith("{") ? JSON.parse(body) : {} });
        call.destroy();
      });
    });
    const send = async () => {
      for (const piece of formOf(file)) {
        if (isAnswered || call.destroyed) return;
        // One piece after the other, as fast as the other side takes them.
        // oxlint-disable-next-line no-await-in-loop
        if (!call.write(piece)) await new Promise<void>((resume) => void (go = resume));
      }
      call.end();
    };
    void send();
  });

/** So many of them at once, each in its turn. */
export const inParallel = async <T>(
  items: readonly T[],
  many: number,
  work: (item: T, index: number) => Promise<void>,
) => {
  let next = 0;
  const run = async () => {
    while (next < items.length) {
      const index = next++;
      // Others of these run meanwhile.
      // oxlint-disable-next-line no-await-in-loop
      await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(many, items.length) }, run));
};
