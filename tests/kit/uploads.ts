// Files for tests, and how one is uploaded: as a browser sends a form.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Attachment } from "@homeroom/protocol";
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import type { Answer } from "./school.ts";

export const UPLOADS = "/api/chat/uploads/";

export interface Upload {
  bytes: Uint8Array | string;
  name: string;
  fields?: Record<string, string>;
  headers?: Record<string, string>;
}

export interface Uploader {
  readonly url: string;
  readonly token: string | null;
}

/** Answered whatever its status is. */
export const tryUpload = async (
  { url, token }: Uploader,
  { bytes, name, fields = {}, headers = {} }: Upload,
): Promise<Answer<Attachment & { code?: string; limit?: number; detail?: string; fields?: object }>> => {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("file", new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)]), name);
  const response = await fetch(url + UPLOADS, {
    method: "POST",
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
};

/** One that must be taken. */
export const upload = async (uploader: Uploader, file: Upload): Promise<Attachment> => {
  const { status, body } = await tryUpload(uploader, file);
  if (status !== 201) throw new Error(`upload of ${file.name}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** The answer with its bytes. */
export const download = async ({ url, token }: Uploader, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, {
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

/** Gives a file thumbnails, as if it had been made into a picture; small and large say which they are. */
export const plantThumbs = async ({ db, files, staging }: Kit, id: string): Promise<void> => {
  const { blob } = await db.write((tx) =>
    tx
      .updateTable("attachments")
      .set({ has_thumbs: 1 })
      .where("id", "=", id)
      .returning("blob")
      .executeTakeFirstOrThrow(),
  );
  for (const [end, what] of [
    ["s", "small"],
    ["l", "large"],
  ] as const) {
    const path = join(staging, randomUUID());
    await writeFile(path, `a ${what} picture`);
    await files.keep(`${blob}-${end}`, path);
  }
};
