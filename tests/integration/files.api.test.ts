// Files go in, are sent with a message, and come out again: for those who may read the message, and for nobody else.
import type { Attachment, Message } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { eachSchool, type Person } from "../kit/school.ts";
import { download, upload } from "../kit/uploads.ts";

const NOTES = "Photosynthesis\n\nLight, water, air.\n";

eachSchool((school) => {
  const by = (person: Person) => ({ url: school().url, token: person.token });

  test("a document is uploaded, sent without a word, read in the history, and had by the room's members", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const file = await upload(by(ada), { bytes: NOTES, name: "notes.txt" });
    expect(file).toMatchObject({ kind: "document", name: "notes.txt", mime: "text/plain", size: 35, state: "ready" });
    const sent = await ada.ask<Message>("POST", `${room.path}messages/`, { content: "", attachments: [file.id] });
    expect(sent.attachments).toEqual([file]);
    const { results } = await ben.ask<{ results: Message[] }>("GET", `${room.path}messages/`);
    expect(results.at(-1)?.attachments).toEqual([file] satisfies Attachment[]);
    const had = await download(by(ben), file.url);
    expect([had.status, had.bytes.toString()]).toEqual([200, NOTES]);
    expect(Object.fromEntries(had.headers)).toMatchObject({
      "content-type": "text/plain",
      "content-length": "35",
      "content-disposition": "attachment; filename=notes.txt",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
      "accept-ranges": "bytes",
    });
  });
});
