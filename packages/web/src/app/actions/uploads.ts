// Files on their way to the server. They wait in a tray beside a place's message box, and go on while another room is
// open. Words may be sent before all files are there: the message then goes out by itself.
import type { Attachment } from "@homeroom/protocol";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { kindOf, shownName, sizeText, sortOut } from "../../features/attachments/file-types.ts";
import {
  addUploads,
  applyUploadNews,
  changeUpload,
  type Chosen,
  clearTray,
  putBack,
  readinessOf,
  removeUpload,
  setRefusal,
  trayAt,
  type UploadFailure,
} from "../../features/attachments/upload.state.ts";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { ApiError, NetworkError, tell } from "../../kit/failures.ts";
import { type Core, update } from "../core.ts";
import type { SendingSoon } from "../state.ts";
import { perVisit } from "../visit.ts";
import { sendMessage, setDraft } from "./messages.ts";

const words = {
  lost: "Connection lost",
  tooLarge: (name: string, size: string) => `“${name}” is ${size}. The limit here is ${sizeText(SIZES.upload_bytes)}.`,
  full: "The server's disk is full. Tell your teacher.",
  type: "Nothing that can be shared, whatever its name says",
  off: "Files cannot be shared in this room.",
  stuck: "Not sent: a file is missing. Try it again, or take it away.",
};

/** A place's box has one. */
export const trayKey = (place: Place): string => placeKey(place);

interface Job {
  file: File;
  tray: string;
  /** The same for all tries. */
  idempotencyKey: string;
  aborter: AbortController;
}

interface Visit {
  jobs: Map<string, Job>;
  /** Pictures of mine as this device has them, by the file's id. */
  previews: Map<string, string>;
  /** What the server said of a file before it answered that it has it. */
  news: Map<string, Attachment>;
  /** To be told when a message has gone out that waited for its files. */
  onSent: Map<string, () => void>;
}

const visitOf = perVisit<Visit>(() => ({
  jobs: new Map(),
  previews: new Map(),
  news: new Map(),
  onSent: new Map(),
}));

/** So many pictures are shown from this device; then the oldest come from the server, too. */
const MOST_PREVIEWS = 60;

function keep<V>(map: Map<string, V>, key: string, value: V, onDrop?: (dropped: V) => void): void {
  map.set(key, value);
  if (map.size <= MOST_PREVIEWS) return;
  const [oldest] = map;
  if (!oldest) return;
  map.delete(oldest[0]);
  onDrop?.(oldest[1]);
}

/** The picture as this device has it. */
export const previewOf = (core: Core, id: string): string | undefined => visitOf(core).previews.get(id);

const tray = (core: Core, key: string) => trayAt(core.store.getState().trays, key);

/** In a place where files may be shared. What cannot be is said beside the box. */
export function addFiles(core: Core, place: Place, files: readonly File[]): void {
  const key = trayKey(place);
  const { accepted, refusal } = sortOut(files, tray(core, key).uploads.length);
  begin(core, key, accepted, refusal);
}

/** Somebody tried to share files where that is not allowed. */
export const refuseFiles = (core: Core, place: Place, why: string = words.off): void =>
  update(core, (state) => ({ ...state, trays: setRefusal(state.trays, trayKey(place), why) }));

function begin(core: Core, key: string, files: readonly File[], refusal: string | null): void {
  const { jobs } = visitOf(core);
  const chosen = files.map((file): Chosen => {
    const kind = kindOf(file) ?? "document";
    const preview = kind === "image" ? URL.createObjectURL(file) : null;
    const job = { file, tray: key, idempotencyKey: core.randomId(), aborter: new AbortController() };
    const id = core.randomId();
    jobs.set(id, job);
    return { key: id, name: shownName(file.name), size: file.size, kind, preview };
  });
  update(core, (state) => ({ ...state, trays: addUploads(state.trays, key, chosen, refusal) }));
  for (const one of chosen) void run(core, one.key);
}

const changed = (core: Core, key: string, change: Parameters<typeof changeUpload>[2]) =>
  update(core, (state) => ({ ...state, trays: changeUpload(state.trays, key, change) }));

async function run(core: Core, key: string): Promise<void> {
  const { jobs, previews, news } = visitOf(core);
  const job = jobs.get(key);
  if (!job) return;
  const { file, aborter, idempotencyKey } = job;
  try {
    const answered = await core.upload({
      file,
      name: file.name,
      idempotencyKey,
      signal: aborter.signal,
      onStart: () => changed(core, key, { phase: "uploading", sent: 0 }),
      onProgress: (sent) => changed(core, key, { sent }),
    });
    const attachment = news.get(answered.id) ?? answered;
    const preview = tray(core, job.tray).uploads.find((one) => one.key === key)?.preview;
    if (preview) keep(previews, attachment.id, preview, (url) => URL.revokeObjectURL(url));
    jobs.delete(key);
    changed(core, key, { phase: "done", attachment, sent: file.size, at: core.clock.now() });
  } catch (error) {
    if (aborter.signal.aborted) return;
    changed(core, key, { phase: "failed", sent: 0, failure: failureOf(error, file) });
  }
  settle(core, job.tray);
}

function failureOf(error: unknown, { name, size }: File): UploadFailure {
  if (error instanceof NetworkError) return { reason: words.lost, canRetry: true, isLost: true };
  if (!(error instanceof ApiError)) return { reason: tell(error).sentence, canRetry: true };
  const shown = shownName(name);
  switch (error.code) {
    case "too_large":
      // the server counts pixels too, and says so itself
      return {
        reason: size > SIZES.upload_bytes ? words.tooLarge(shown, sizeText(size)) : error.detail,
        canRetry: false,
      };
    case "unsupported_media_type":
      return { reason: words.type, canRetry: false };
    case "storage_full":
      return { reason: words.full, canRetry: true };
    default:
      return { reason: tell(error).sentence, canRetry: error.status >= 500 || error.status === 429 };
  }
}

export function retryUpload(core: Core, key: string): void {
  const job = visitOf(core).jobs.get(key);
  if (!job) return;
  update(core, (state) => ({ ...state, trays: setRefusal(state.trays, job.tray, null) }));
  changed(core, key, { phase: "waiting", sent: 0, failure: null });
  void run(core, key);
}

/** The network is back: what it took goes on. */
export function resumeUploads(core: Core): void {
  const uploads = Object.values(core.store.getState().trays).flatMap((one) => one.uploads);
  for (const { key, failure } of uploads) if (failure?.isLost) retryUpload(core, key);
}

/** Takes it out of the tray, on its way or there already. */
export function cancelUpload(core: Core, trayAtKey: string, key: string): void {
  const { jobs } = visitOf(core);
  const upload = tray(core, trayAtKey).uploads.find((one) => one.key === key);
  jobs.get(key)?.aborter.abort();
  jobs.delete(key);
  if (upload?.preview) URL.revokeObjectURL(upload.preview);
  update(core, (state) => ({ ...state, trays: removeUpload(state.trays, trayAtKey, key) }));
  // It would vanish by itself in a day; until then it counts.
  const { attachment } = upload ?? {};
  if (attachment) void core.api.delete("/api/chat/uploads/{id}/", { params: { id: attachment.id } }).catch(() => {});
  const state = core.store.getState();
  if (trayAt(state.trays, trayAtKey).uploads.length === 0 && isBlank(state.drafts[trayAtKey as "r1"])) {
    callOff(core, trayAtKey);
  } else settle(core, trayAtKey);
}

const isBlank = (text: string | undefined) => !text?.trim();

/** Sends what stands in the box with its files: now, or as soon as they are there. */
export function sendWithFiles(core: Core, soon: SendingSoon, onSent: () => void): void {
  const key = trayKey(soon.place);
  visitOf(core).onSent.set(key, onSent);
  update(core, (state) => ({ ...state, sendingSoon: { ...state.sendingSoon, [key]: soon } }));
  settle(core, key);
}

/** The message does not go out by itself after all. Its words and files stay. */
export function callOff(core: Core, key: string): void {
  visitOf(core).onSent.delete(key);
  if (!core.store.getState().sendingSoon[key]) return;
  update(core, (state) => {
    const { [key]: _, ...others } = state.sendingSoon;
    return { ...state, sendingSoon: others };
  });
}

/** Something in the tray has changed: a message that waited for it may go out now, or never by itself. */
function settle(core: Core, key: string): void {
  const { sendingSoon, drafts } = core.store.getState();
  const soon = sendingSoon[key];
  if (!soon) return;
  const { attachments, isBusy, isStuck } = readinessOf(tray(core, key));
  if (isBusy) return;
  const content = drafts[placeKey(soon.place)] ?? "";
  const onSent = visitOf(core).onSent.get(key);
  callOff(core, key);
  if (isStuck) return update(core, (state) => ({ ...state, trays: setRefusal(state.trays, key, words.stuck) }));
  if (attachments.length === 0 && isBlank(content)) return;
  const { place, quoted, alsoInRoom } = soon;
  sendMessage(core, place, { content, quoted, alsoInRoom, attachments });
  update(core, (state) => ({ ...state, trays: clearTray(state.trays, key) }));
  setDraft(core, place, "");
  onSent?.();
}

/** The server has looked at a file that I have not sent; its answer to the upload may still be on its way. */
export function noteUpload(core: Core, attachment: Attachment): void {
  keep(visitOf(core).news, attachment.id, attachment);
  update(core, (state) => ({ ...state, trays: applyUploadNews(state.trays, attachment) }));
}

/** The files of a message that was not sent go back beside the box. */
export function reclaimFiles(core: Core, place: Place, attachments: readonly Attachment[]): void {
  if (attachments.length === 0) return;
  const at = core.clock.now();
  const kept = attachments.map((attachment) => ({ at, attachment }));
  update(core, (state) => ({ ...state, trays: putBack(state.trays, trayKey(place), kept) }));
}
