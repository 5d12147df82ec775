// Puts the client together: the doors to the server, the state, the outbox; and listens to the network and the page.
import { watchDrops } from "../features/attachments/drops.ts";
import { createKeepsake, type Keepsake } from "../features/messages/keepsake.ts";
import { changePending, removePending, setWait } from "../features/messages/messages.state.ts";
import { createOutbox } from "../features/messages/outbox.ts";
import { createApi } from "../kit/api.ts";
import { openBrowserSocket } from "../kit/browser-socket.ts";
import { systemClock } from "../kit/clock.ts";
import type { Endpoints } from "../kit/config.ts";
import { type ConnectionState, createConnection } from "../kit/connection.ts";
import { deviceShelf } from "../kit/shelf.ts";
import { NetworkError } from "../kit/failures.ts";
import { createSession } from "../kit/session.ts";
import type { Uploader, UploaderOptions } from "../kit/upload.ts";
import { keepShort } from "./conversation/long-view.ts";
import { type Core, update } from "./core.ts";
import { keepDrafts } from "./drafts.ts";
import { receive } from "./follow.ts";
import type { AppState } from "./state.ts";
import { createAppStore } from "./store.ts";
import { keepTrays } from "./trays.ts";
import { watchPage } from "./watch-page.ts";

export type Client = Core;

export function createClient({ api: base, ws, crossOrigin }: Endpoints): Client {
  const store = createAppStore();
  const get = () => store.getState();
  const clock = systemClock;
  const common = { base, crossOrigin, fetch: (...args: Parameters<typeof fetch>) => fetch(...args) };

  const onEnded = () => {
    update({ store }, (state) => (state.phase === "in" ? { ...state, phase: "ended" } : state));
    connection.stop();
  };
  const session = createSession({ ...common, locks: navigator.locks, onEnded });
  const { credentials } = session;
  const api = createApi({ ...common, credentials });
  const upload = uploadsTo({ base, credentials, clock });

  const onState = (connection: ConnectionState) => {
    const wasUp = get().connection.status === "online";
    update({ store }, (state) => ({ ...state, connection }));
    if (wasUp && connection.status !== "online") outbox.interrupt();
    if (connection.status === "signed-out") {
      update({ store }, (state) => (state.phase === "in" ? { ...state, phase: "ended" } : state));
    }
  };
  const connection = createConnection({
    clock,
    ticket: async () => (await api.post("/api/auth/ws-ticket/", { body: {} })).ticket,
    open: (ticket, listener) => openBrowserSocket(`${ws}/ws/chat/?ticket=${encodeURIComponent(ticket)}`, listener),
    renew: () => session.renew(),
    onFrame: (frame) => receive(core, frame),
    onState,
    isNetworkDown: () => !navigator.onLine,
  });
  const outbox = createOutbox({
    clock,
    send: (frame) => connection.send(frame),
    pending: () => get().messages.pending,
    change: (id, change) =>
      update({ store }, (state) => ({ ...state, messages: changePending(state.messages, id, change) })),
    remove: (id) => update({ store }, (state) => ({ ...state, messages: removePending(state.messages, id) })),
    onWait: (log, wait) => update({ store }, (state) => ({ ...state, messages: setWait(state.messages, log, wait) })),
  });

  const keepsake = createKeepsakes(get);
  const core: Core = { store, api, upload, session, connection, outbox, clock, keepsake, randomId: newId };
  keepUnsent(core);
  keepDrafts(core);
  keepTrays(core);
  watchDrops();
  watchPage(core);
  keepShort(core);
  return core;
}

/** What sends files comes with a file of its own, when the first one is to be sent. */
function uploadsTo(options: Omit<UploaderOptions, "request">): Uploader {
  let coming: Promise<Uploader> | null = null;
  const fetchOnce = async () => {
    try {
      const { createUploader } = await import("../kit/upload.ts");
      return createUploader({ ...options, request: () => new XMLHttpRequest() });
    } catch {
      coming = null;
      throw new NetworkError(false);
    }
  };
  return async (call) => (await (coming ??= fetchOnce()))(call);
}

/** UUIDs need a secure page; a school's own server may be reached without TLS. */
function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One keepsake per person. */
function createKeepsakes(get: () => AppState): () => Keepsake | null {
  let kept: { id: number; keepsake: Keepsake } | null = null;
  return () => {
    const id = get().me?.id;
    if (id === undefined) return null;
    if (kept?.id !== id) kept = { id, keepsake: createKeepsake(deviceShelf, id) };
    return kept.keepsake;
  };
}

/** Unsent messages are written down at once. */
function keepUnsent(core: Core): void {
  core.store.subscribe((state, before) => {
    const shelf = core.keepsake();
    if (!shelf || state.me?.id !== before.me?.id || state.messages.pending === before.messages.pending) return;
    shelf.keepPending(before.messages.pending, state.messages.pending);
  });
}
