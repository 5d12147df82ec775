import type { Attachment } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import {
  addUploads,
  applyUploadNews,
  asKept,
  changeUpload,
  clearTray,
  keptOf,
  newsOf,
  noTrays,
  putBack,
  readinessOf,
  removeUpload,
  setRefusal,
  standingOf,
  trayAt,
  type Upload,
} from "./upload.state.ts";

const stored = (id: string, state: Attachment["state"] = "ready"): Attachment => ({
  id,
  kind: "image",
  name: `${id}.png`,
  mime: "image/png",
  size: 10,
  width: 1,
  height: 1,
  duration_ms: null,
  waveform: null,
  placeholder: null,
  url: "",
  thumb_url: null,
  state,
  problem: null,
});
const chosen = (key: string) => ({ key, name: `${key}.png`, size: 10, kind: "image" as const, preview: null });
const two = addUploads(noTrays, "r1", [chosen("a"), chosen("b")], null);
const done = (id: string): Partial<Upload> => ({ phase: "done", attachment: stored(id), at: 5 });

describe("the files beside a message box", () => {
  it("belong to their place, and an upload finds its own wherever it is", () => {
    const trays = changeUpload(addUploads(two, "m9", [chosen("c")], null), "c", { phase: "uploading", sent: 4 });
    expect(trayAt(trays, "m9").uploads[0]).toMatchObject({ phase: "uploading", sent: 4 });
    expect(trayAt(trays, "r1")).toBe(trayAt(two, "r1"));
    expect(changeUpload(removeUpload(trays, "m9", "c"), "c", { sent: 9 })).toEqual(two);
  });

  it("make a message wait while one is on its way, and stop it where one has failed or was blocked", () => {
    expect(readinessOf(trayAt(two, "r1"))).toEqual({ attachments: [], isBusy: true, isStuck: false });
    const one = changeUpload(two, "a", done("x"));
    expect(readinessOf(trayAt(one, "r1"))).toMatchObject({ isBusy: true });
    const failed = changeUpload(one, "b", { phase: "failed" });
    expect(readinessOf(trayAt(failed, "r1"))).toMatchObject({ isBusy: false, isStuck: true });
    const both = changeUpload(one, "b", done("y"));
    const ready = readinessOf(trayAt(both, "r1"));
    expect(ready.attachments.map(({ id }) => id)).toEqual(["x", "y"]);
    expect(ready).toMatchObject({ isBusy: false, isStuck: false });
    const blocked = applyUploadNews(both, stored("y", "quarantined"));
    expect(readinessOf(trayAt(blocked, "r1"))).toMatchObject({ isStuck: true, attachments: [{ id: "x" }] });
  });

  it("may be sent while they are being checked, and the server's word on them is taken in", () => {
    const checking = changeUpload(two, "a", { phase: "done", attachment: stored("x", "scanning") });
    const [upload] = trayAt(checking, "r1").uploads;
    expect(upload && standingOf(upload)).toBe("checking");
    const [after] = trayAt(applyUploadNews(checking, stored("x")), "r1").uploads;
    expect(after && standingOf(after)).toBe("done");
    expect(applyUploadNews(checking, stored("z"))).toBe(checking);
  });

  it("are kept for a reload once the server has them, and put back only once", () => {
    const one = changeUpload(two, "a", done("x"));
    const kept = keptOf(trayAt(one, "r1"));
    expect(kept).toEqual([{ at: 5, attachment: stored("x") }]);
    const back = putBack(noTrays, "r1", kept);
    expect(trayAt(back, "r1").uploads).toMatchObject([{ key: "x", phase: "done", at: 5 }]);
    expect(putBack(back, "r1", kept)).toBe(back);
    expect(clearTray(back, "r1")).toEqual(noTrays);
  });

  it("follow what another tab does: sent there they are gone here, and what is on its way here stays", () => {
    const mine = changeUpload(two, "a", done("x"));
    const sent = asKept(mine, "r1", [{ at: 7, attachment: stored("z") }]);
    expect(trayAt(sent, "r1").uploads.map(({ key }) => key)).toEqual(["b", "z"]);
    expect(asKept(mine, "r1", keptOf(trayAt(mine, "r1")))).toBe(mine);
  });

  it("keep the sentence about what was refused until something else is done", () => {
    const refused = setRefusal(two, "r1", "no");
    expect(trayAt(refused, "r1").refusal).toBe("no");
    expect(trayAt(removeUpload(refused, "r1", "a"), "r1").refusal).toBe(null);
    expect(trayAt(addUploads(refused, "r1", [chosen("c")], null), "r1").refusal).toBe(null);
    expect(setRefusal(setRefusal(noTrays, "r1", "no"), "r1", null)).toEqual(noTrays);
  });
});

describe("what is read out", () => {
  const uploads = (trays: typeof two) => trayAt(trays, "r1").uploads;

  it("is each arrival, all of them together, and what went wrong; progress is not", () => {
    const moving = changeUpload(two, "a", { phase: "uploading", sent: 3 });
    const one = changeUpload(moving, "a", done("x"));
    const both = changeUpload(one, "b", done("y"));
    const failed = changeUpload(one, "b", { phase: "failed", failure: { reason: "Connection lost", canRetry: true } });
    expect(newsOf(uploads(two), uploads(moving))).toBe("");
    expect(newsOf(uploads(moving), uploads(one))).toBe("“a.png” is uploaded.");
    expect(newsOf(uploads(one), uploads(both))).toBe("2 files are uploaded.");
    expect(newsOf(uploads(one), uploads(failed))).toBe("“b.png” was not uploaded: Connection lost");
    expect(newsOf([], uploads(both)), "what a reload brings back is not news").toBe("");
  });
});
