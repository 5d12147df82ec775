import type { Attachment } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { ApiError, NetworkError } from "./failures.ts";
import { createFakeClock } from "./fake-clock.ts";
import { AT_ONCE, createUploader, type UploadCall, type UploadRequest } from "./upload.ts";

/** One request as the browser makes it; the test answers it. */
class FakeRequest extends EventTarget implements UploadRequest {
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  status = 0;
  responseText = "";
  isAborted = false;
  body: FormData | undefined;
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body?: XMLHttpRequestBodyInit | Document | null) {
    if (body instanceof FormData) this.body = body;
  }
  abort() {
    this.isAborted = true;
  }
  getResponseHeader() {
    return null;
  }
  answer(status: number, body: object | string) {
    this.status = status;
    this.responseText = typeof body === "string" ? body : JSON.stringify(body);
    this.dispatchEvent(new Event("load"));
  }
  cut() {
    this.dispatchEvent(new Event("error"));
  }
  progress(loaded: number, total: number) {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total }));
  }
}

const file = { id: "abc" } as Attachment;

function setUp() {
  const requests: FakeRequest[] = [];
  const clock = createFakeClock();
  let token = "old";
  const credentials = {
    headers: () => ({ Authorization: `Bearer ${token}` }),
    renew: async () => ((token = "new"), true),
    visit: () => 1,
  };
  const request = () => {
    const made = new FakeRequest();
    requests.push(made);
    return made;
  };
  const upload = createUploader({ base: "", credentials, clock, request });
  const aborter = new AbortController();
  const sent: number[] = [];
  const call: UploadCall = {
    file: new Blob(["0123456789"]),
    name: "a.txt",
    fields: { kind: "document" },
    idempotencyKey: "k1",
    signal: aborter.signal,
    onProgress: (bytes) => sent.push(bytes),
  };
  const settle = async () => {
    for (let n = 0; n < 12; n += 1) await Promise.resolve();
  };
  const last = () => requests.at(-1) as FakeRequest;
  return { upload, call, aborter, clock, requests, sent, settle, last };
}

describe("an upload", () => {
  it("sends its fields before the file, and tells how many of the file's bytes have left", async () => {
    const { upload, call, last, sent, settle } = setUp();
    const done = upload(call);
    await settle();
    expect([...(last().body?.keys() ?? [])]).toEqual(["kind", "file"]);
    expect(last().headers).toMatchObject({ Authorization: "Bearer old", "Idempotency-Key": "k1" });
    last().progress(100, 400);
    expect(sent).toEqual([3]);
    last().answer(201, file);
    expect(await done).toEqual(file);
  });

  it("renews the session once and goes on", async () => {
    const { upload, call, requests, settle } = setUp();
    const done = upload(call);
    await settle();
    requests[0]?.answer(401, { code: "token_expired", detail: "" });
    await settle();
    expect(requests[1]?.headers["Authorization"]).toBe("Bearer new");
    requests[1]?.answer(201, file);
    expect(await done).toEqual(file);
  });

  it("is tried again when nobody answers, under the same key, and gives up after a while", async () => {
    const { upload, call, clock, requests, settle } = setUp();
    const done = upload(call).catch((error: unknown) => error);
    for (let n = 1; n <= 4; n += 1) {
      await settle();
      expect(requests).toHaveLength(n);
      requests[n - 1]?.cut();
      await settle();
      clock.advance(60_000);
    }
    expect(await done).toBeInstanceOf(NetworkError);
    expect(new Set(requests.map(({ headers }) => headers["Idempotency-Key"]))).toEqual(new Set(["k1"]));
  });

  it("waits as long as the server asks, and is not tried again where that is no use", async () => {
    const { upload, call, clock, requests, settle } = setUp();
    const done = upload(call).catch((error: unknown) => error);
    await settle();
    requests[0]?.answer(429, { code: "rate_limited", detail: "", retry_after_ms: 5_000 });
    await settle();
    clock.advance(4_000);
    await settle();
    expect(requests).toHaveLength(1);
    clock.advance(2_000);
    await settle();
    expect(requests).toHaveLength(2);
    requests[1]?.answer(415, { code: "unsupported_media_type", detail: "No." });
    const error = await done;
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "unsupported_media_type" });
  });

  it("ends at once when it is cancelled, on its way and between two tries", async () => {
    const one = setUp();
    const first = one.upload(one.call).catch(() => "cancelled");
    await one.settle();
    one.aborter.abort();
    expect(await first).toBe("cancelled");
    expect(one.last().isAborted).toBe(true);

    const two = setUp();
    const second = two.upload(two.call).catch(() => "cancelled");
    await two.settle();
    two.last().cut();
    await two.settle();
    two.aborter.abort();
    expect(await second).toBe("cancelled");
    two.clock.advance(60_000);
    await two.settle();
    expect(two.requests).toHaveLength(1);
  });

  it("is cut off when not a byte moves for long", async () => {
    const { upload, call, clock, requests, settle } = setUp();
    const done = upload(call);
    await settle();
    clock.advance(20_000);
    requests[0]?.progress(10, 400);
    clock.advance(20_000);
    await settle();
    expect(requests[0]?.isAborted).toBe(false);
    clock.advance(20_000);
    await settle();
    expect(requests[0]?.isAborted).toBe(true);
    clock.advance(1_000);
    await settle();
    requests[1]?.answer(201, file);
    expect(await done).toEqual(file);
  });
});

it("at most three are under way, and the next one begins when one has ended", async () => {
  const { upload, call, requests, settle } = setUp();
  const all = Array.from({ length: 5 }, () => upload(call));
  await settle();
  expect(requests).toHaveLength(AT_ONCE);
  requests[1]?.answer(201, file);
  await settle();
  expect(requests).toHaveLength(AT_ONCE + 1);
  for (let n = 0; n < 5; n += 1) {
    requests[n]?.answer(201, file);
    await settle();
  }
  expect(await Promise.all(all)).toHaveLength(5);
});
