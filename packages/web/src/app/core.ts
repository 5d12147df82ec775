// What every action works with: the state, the two doors to the server, and what is kept on this device.
import type { Keepsake } from "../features/messages/keepsake.ts";
import type { Outbox } from "../features/messages/outbox.ts";
import type { Api } from "../kit/api.ts";
import type { Clock } from "../kit/clock.ts";
import type { Connection } from "../kit/connection.ts";
import { type Failure, SignedOutError, tell } from "../kit/failures.ts";
import type { Session } from "../kit/session.ts";
import type { Uploader } from "../kit/upload.ts";
import { copyText } from "../ui/clipboard.ts";
import type { ToastItem } from "../ui/toasts.tsx";
import type { AppState } from "./state.ts";
import type { AppStore } from "./store.ts";

export interface Core {
  store: AppStore;
  api: Api;
  upload: Uploader;
  session: Session;
  connection: Connection;
  outbox: Outbox;
  clock: Clock;
  /** The signed-in person's things on this device. */
  keepsake(): Keepsake | null;
  randomId(): string;
}

export const update = (core: Pick<Core, "store">, change: (state: AppState) => AppState): void =>
  core.store.setState(change);

const MOST_TOASTS = 3;

export function addToast(core: Pick<Core, "store" | "randomId">, toast: Omit<ToastItem, "key">): void {
  const item = { ...toast, key: core.randomId() };
  update(core, (state) => ({ ...state, toasts: [...state.toasts, item].slice(-MOST_TOASTS) }));
}

export const dropToast = (core: Pick<Core, "store">, key: string): void =>
  update(core, (state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.key !== key) }));

/** Shows what went wrong; the request's id can be copied for a report. */
export function complain(core: Pick<Core, "store" | "randomId">, error: unknown): Failure {
  const failure = tell(error);
  if (error instanceof SignedOutError) return failure;
  const { request_id, sentence } = failure;
  const copy = { label: "Copy report number", onSelect: () => void copyText(request_id ?? ""), stays: true };
  addToast(core, { tone: "error", text: sentence, ...(request_id && { actions: [copy] }) });
  return failure;
}
