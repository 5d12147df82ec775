// What must survive a reload, kept on this device per person: messages that are not confirmed, and drafts.
// One key for each, so that two tabs never overwrite each other's.
import type { Attachment } from "@homeroom/protocol";
import { readList, type Shelf } from "../../kit/shelf.ts";
import type { Pending } from "./messages.state.ts";
import { isPlaceKey, type PlaceKey } from "./place.ts";

/** A file that is on the server and was not sent; when it got there. */
export interface KeptFile {
  readonly at: number;
  readonly attachment: Attachment;
}

/** What was typed and not sent, by place. */
export type Drafts = Readonly<Partial<Record<PlaceKey, string>>>;

export interface Keepsake {
  pending(): Pending[];
  /** Writes what is new or changed, removes what is settled. */
  keepPending(before: readonly Pending[], after: readonly Pending[]): void;
  drafts(): Drafts;
  keepDraft(place: PlaceKey, text: string): void;
  /** The place whose draft this storage key holds, in another tab's event. */
  draftPlace(key: string | null): PlaceKey | null;
  /** Files that wait to be sent, by place. */
  trays(): Readonly<Record<string, KeptFile[]>>;
  keepTray(place: PlaceKey, files: readonly KeptFile[]): void;
  /** The place whose files this storage key holds, in another tab's event. */
  trayPlace(key: string | null): PlaceKey | null;
  tray(place: PlaceKey): KeptFile[];
}

const keysOf = (shelf: Shelf, prefix: string): string[] =>
  Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? "").filter((key) => key.startsWith(prefix));

const read = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
};

const parse = (text: string | null): Pending | null => {
  const entry = read(text);
  return typeof entry === "object" && entry !== null && "client_id" in entry && "place" in entry
    ? (entry as Pending)
    : null;
};

const isKeptFile = (entry: unknown): entry is KeptFile =>
  typeof entry === "object" &&
  entry !== null &&
  "at" in entry &&
  typeof entry.at === "number" &&
  "attachment" in entry &&
  typeof entry.attachment === "object";

export function createKeepsake(shelf: Shelf, userId: number): Keepsake {
  const outbox = `homeroom.outbox.${userId}.`;
  const draft = `homeroom.draft.${userId}.`;
  const tray = `homeroom.tray.${userId}.`;
  const write = (key: string, text: string) => (text ? shelf.setItem(key, text) : shelf.removeItem(key));

  const placeIn = (key: string | null, prefix: string) => {
    const place = key?.startsWith(prefix) ? key.slice(prefix.length) : "";
    return isPlaceKey(place) ? place : null;
  };
  const trayOf = (place: PlaceKey) => readList(shelf, tray + place, isKeptFile);

  return {
    pending: () =>
      keysOf(shelf, outbox)
        .map((key) => parse(shelf.getItem(key)))
        .filter((entry) => entry !== null)
        // What was on its way is unknown now: it is sent again, under the same id.
        .map((entry) => (entry.status === "sent" ? { ...entry, status: "queued" as const, seq: undefined } : entry))
        .toSorted((a, b) => a.created_at.localeCompare(b.created_at)),
    keepPending(before, after) {
      const kept = new Set(after.map((entry) => entry.client_id));
      for (const { client_id } of before) if (!kept.has(client_id)) write(outbox + client_id, "");
      const old = new Set(before);
      for (const entry of after) if (!old.has(entry)) write(outbox + entry.client_id, JSON.stringify(entry));
    },
    drafts: () =>
      Object.fromEntries(
        keysOf(shelf, draft).flatMap((key) => {
          const place = placeIn(key, draft);
          return place ? [[place, shelf.getItem(key) ?? ""]] : [];
        }),
      ),
    keepDraft: (place, text) => write(draft + place, text),
    trays: () =>
      Object.fromEntries(
        keysOf(shelf, tray).flatMap((key) => {
          const place = placeIn(key, tray);
          return place ? [[place, trayOf(place)]] : [];
        }),
      ),
    keepTray: (place, files) => write(tray + place, files.length > 0 ? JSON.stringify(files) : ""),
    draftPlace: (key) => placeIn(key, draft),
    trayPlace: (key) => placeIn(key, tray),
    tray: trayOf,
  };
}
