// The files that wait beside a message box until it is sent: from the moment they were chosen to the server's word on
// them. Pure; whose box it is, is a key that the caller chooses.
import type { Attachment, AttachmentKind } from "@homeroom/protocol";

export interface UploadFailure {
  /** A sentence. */
  readonly reason: string;
  /** Another try may help. */
  readonly canRetry: boolean;
  /** It was the network: as soon as that is back, it is tried again by itself. */
  readonly isLost?: boolean;
}

export interface Upload {
  /** Of this device alone. */
  readonly key: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly kind: AttachmentKind;
  /** An address of the picture on this device, while the page knows it. */
  readonly preview: string | null;
  /** `waiting`: for its turn, or for the network. */
  readonly phase: "waiting" | "uploading" | "failed" | "done";
  /** Bytes that are on their way or there. */
  readonly sent: number;
  readonly failure: UploadFailure | null;
  /** The server's word, once it is there. */
  readonly attachment: Attachment | null;
  /** When the server got it, in milliseconds since 1970. */
  readonly at: number | null;
}

/** What of a tray survives a reload. */
export interface KeptUpload {
  readonly at: number;
  readonly attachment: Attachment;
}

export interface Tray {
  readonly uploads: readonly Upload[];
  /** Why something that was chosen is not among them. */
  readonly refusal: string | null;
}

export type Trays = Readonly<Record<string, Tray>>;

export const noTrays: Trays = {};
export const emptyTray: Tray = { uploads: [], refusal: null };

export const trayAt = (trays: Trays, place: string): Tray => trays[place] ?? emptyTray;

function change(trays: Trays, place: string, changed: (tray: Tray) => Tray): Trays {
  const { [place]: old = emptyTray, ...others } = trays;
  const next = changed(old);
  if (next === old) return trays;
  return next.uploads.length === 0 && next.refusal === null ? others : { ...others, [place]: next };
}

export type Chosen = Pick<Upload, "key" | "name" | "size" | "kind" | "preview">;

export const addUploads = (trays: Trays, place: string, chosen: readonly Chosen[], refusal: string | null): Trays =>
  change(trays, place, ({ uploads }) => ({
    uploads: [
      ...uploads,
      ...chosen.map((one) => ({
        ...one,
        phase: "waiting" as const,
        sent: 0,
        failure: null,
        attachment: null,
        at: null,
      })),
    ],
    refusal,
  }));

/** What is there already: kept from before a reload, or taken back from a message that was not sent. */
export const putBack = (trays: Trays, place: string, kept: readonly KeptUpload[]): Trays =>
  change(trays, place, (tray) => {
    const known = new Set(tray.uploads.map(({ attachment }) => attachment?.id));
    const more = kept.filter(({ attachment }) => !known.has(attachment.id)).map(uploadOf);
    return more.length === 0 ? tray : { ...tray, uploads: [...tray.uploads, ...more] };
  });

/** Another tab has sent or thrown away what is not among these any more, and has uploaded what is new. */
export const asKept = (trays: Trays, place: string, kept: readonly KeptUpload[]): Trays => {
  const ids = new Set(kept.map(({ attachment }) => attachment.id));
  const left = change(trays, place, (tray) => {
    const uploads = tray.uploads.filter(({ attachment }) => !attachment || ids.has(attachment.id));
    return uploads.length === tray.uploads.length ? tray : { ...tray, uploads };
  });
  return putBack(left, place, kept);
};

/** What is to be kept of it. */
export const keptOf = ({ uploads }: Tray): KeptUpload[] =>
  uploads.flatMap(({ attachment, at }) =>
    attachment && at !== null && attachment.state !== "quarantined" ? [{ at, attachment }] : [],
  );

const uploadOf = ({ attachment, at }: KeptUpload): Upload => ({
  key: attachment.id,
  name: attachment.name,
  size: attachment.size,
  kind: attachment.kind,
  preview: null,
  phase: "done",
  sent: attachment.size,
  failure: null,
  attachment,
  at,
});

/** One upload, wherever it is; taken away meanwhile, it is nobody's. */
export function changeUpload(trays: Trays, key: string, changed: Partial<Upload>): Trays {
  for (const [place, { uploads }] of Object.entries(trays)) {
    if (!uploads.some((upload) => upload.key === key)) continue;
    const next = uploads.map((upload) => (upload.key === key ? { ...upload, ...changed } : upload));
    return change(trays, place, (tray) => ({ ...tray, uploads: next }));
  }
  return trays;
}

export const removeUpload = (trays: Trays, place: string, key: string): Trays =>
  change(trays, place, (tray) => {
    const uploads = tray.uploads.filter((upload) => upload.key !== key);
    // a sentence about another file is read by now
    return uploads.length === tray.uploads.length ? tray : { uploads, refusal: null };
  });

/** The message went out with them. */
export const clearTray = (trays: Trays, place: string): Trays => change(trays, place, () => emptyTray);

export const setRefusal = (trays: Trays, place: string, refusal: string | null): Trays =>
  change(trays, place, (tray) => (tray.refusal === refusal ? tray : { ...tray, refusal }));

/** The server has looked at a file of mine that I have not sent yet. */
export function applyUploadNews(trays: Trays, attachment: Attachment): Trays {
  const found = Object.values(trays)
    .flatMap(({ uploads }) => uploads)
    .find((upload) => upload.attachment?.id === attachment.id);
  return found ? changeUpload(trays, found.key, { attachment, size: attachment.size }) : trays;
}

/** `blocked`: the server found something in it. `checking`: it may be sent, and is still being looked at. */
export type UploadStanding = "waiting" | "uploading" | "failed" | "checking" | "blocked" | "done";

export function standingOf({ phase, attachment }: Upload): UploadStanding {
  if (phase !== "done" || !attachment) return phase === "done" ? "uploading" : phase;
  if (attachment.state === "quarantined") return "blocked";
  return attachment.state === "scanning" ? "checking" : "done";
}

export interface Readiness {
  /** What the message would carry. */
  readonly attachments: readonly Attachment[];
  /** Something is still on its way. */
  readonly isBusy: boolean;
  /** Something failed or was blocked: its owner has to decide. */
  readonly isStuck: boolean;
}

export function readinessOf({ uploads }: Tray): Readiness {
  const standings = uploads.map(standingOf);
  return {
    attachments: uploads.flatMap(({ attachment }, index) =>
      attachment && standings[index] !== "blocked" ? [attachment] : [],
    ),
    isBusy: standings.some((one) => one === "waiting" || one === "uploading"),
    isStuck: standings.some((one) => one === "failed" || one === "blocked"),
  };
}

const words = {
  done: (name: string) => `“${name}” is uploaded.`,
  allDone: (count: number) => `${count} files are uploaded.`,
  failed: (name: string, reason: string) => `“${name}” was not uploaded: ${reason}`,
  blocked: (name: string) => `“${name}” was blocked.`,
};

/** What is worth being read out of the step from one look to the next; "" for nothing. */
export function newsOf(before: readonly Upload[], after: readonly Upload[]): string {
  const standings = new Map(before.map((upload) => [upload.key, standingOf(upload)]));
  const isThere = (one: UploadStanding | undefined) => one === "done" || one === "checking";
  const turned = after.filter(
    (upload) => standings.has(upload.key) && standings.get(upload.key) !== standingOf(upload),
  );
  for (const upload of turned) {
    const standing = standingOf(upload);
    if (standing === "failed") return words.failed(upload.name, upload.failure?.reason ?? "");
    if (standing === "blocked") return words.blocked(upload.name);
  }
  const [arrived] = turned.filter((upload) => isThere(standingOf(upload)) && !isThere(standings.get(upload.key)));
  if (!arrived) return "";
  const isAll = after.length > 1 && after.every((upload) => isThere(standingOf(upload)));
  return isAll ? words.allDone(after.length) : words.done(arrived.name);
}
