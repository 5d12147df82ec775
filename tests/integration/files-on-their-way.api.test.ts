// A file that somebody is reading when they may not read it any more: by a kick, by leaving, or because its message was
// deleted. And readers who hang up, who leave nothing open.
import { readdirSync, readlinkSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { Message } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";
import { download, upload } from "../kit/uploads.ts";

const TEXT = "A line of notes.\n".repeat(1_200_000);

/** Asks for a file over a line of its own, and reads only when it is told to. */
const slowReader = (url: string, path: string, token: string) => {
  const { hostname, port } = new URL(url);
  const line: Socket = connect(Number(port), hostname);
  let [bytes, isCut] = [0, false];
  line.on("error", () => (isCut = true));
  line.on("data", (piece) => {
    bytes += piece.length;
    line.pause();
  });
  const closed = new Promise<void>((resolve) => line.once("close", () => resolve()));
  line.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  return {
    bytes: () => bytes,
    isCut: () => isCut,
    async readOn() {
      line.removeAllListeners("data");
      line.on("data", (piece) => (bytes += piece.length)).resume();
      await closed;
      return bytes;
    },
    hangUp: () => line.destroy(),
  };
};

eachSchool((school) => {
  const by = ({ token }: Person) => ({ url: school().url, token });
  const began = async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const file = await upload(by(ada), { bytes: TEXT, name: "notes.txt" });
    const sent = await ada.ask<Message>("POST", `${room.path}messages/`, { content: "", attachments: [file.id] });
    const reader = slowReader(school().url, file.url, ben.token);
    await expect.poll(reader.bytes).toBeGreaterThan(0);
    return { ada, ben, room, file, sent, reader };
  };

  const removals: Record<
    string,
    (at: { ada: Person; ben: Person; room: Classroom; sent: Message }) => Promise<unknown>
  > = {
    "they are removed": ({ ben, room }) => room.host.ask("POST", `${room.path}kick/${ben.id}/`, {}),
    "they leave": ({ ben, room }) => ben.ask("POST", `${room.path}leave/`),
    "its message is deleted": ({ ada, sent }) => ada.ask("DELETE", `/api/chat/messages/${sent.id}/`),
  };
  test.each(Object.entries(removals))("a file stops on its way when %s", async (_, remove) => {
    const at = await began();
    await remove(at);
    // Beyond what was on the wire and in the buffers already, nothing comes.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await at.reader.readOn()).toBeLessThan(TEXT.length * 0.75);
    expect((await download(by(at.ben), at.file.url)).status).toBe(404);
  });

  test("who may read on reads to the end, however slowly they began", async () => {
    const { reader, file } = await began();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await reader.readOn()).toBeGreaterThan(file.size);
    expect(reader.isCut()).toBe(false);
  });

  test("who hangs up in the middle leaves no file open", async () => {
    const open = () =>
      readdirSync("/proc/self/fd").filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(`${school().kit.config.dataDir}/files/`);
        } catch {
          return false;
        }
      }).length;
    const { ada, file, reader } = await began();
    const others = Array.from({ length: 20 }, () => slowReader(school().url, file.url, ada.token));
    await expect.poll(open).toBeGreaterThan(5);
    for (const one of [reader, ...others]) one.hangUp();
    await expect.poll(open).toBe(0);
    expect((await download(by(ada), file.url)).bytes.length).toBe(file.size);
  });
});
