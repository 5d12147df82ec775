// Private threads: the list of mine, one afresh, opening one, closing one as staff.
import type { PrivateThread } from "@homeroom/protocol";
import type { MessageItem } from "../../features/messages/timeline.state.ts";
import { ApiError, isRefusal } from "../../kit/failures.ts";
import { threadKey } from "../../kit/logs.ts";
import { addToast, type Core, update } from "../core.ts";
import { goTo } from "../router.ts";
import { forget, learnThread, learnThreads } from "../state.ts";

const words = { restricted: "Private chats are not allowed here. Ask your teacher." };

const PAGE = 100;
const MOST_PAGES = 20;

/** The whole list. False: it could not be fetched, which is told where the list stands. */
export async function loadPrivateThreads(core: Core): Promise<boolean> {
  const threads: PrivateThread[] = [];
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { limit: String(PAGE), offset: String(page * PAGE) };
      const { results, next } = await core.api.get("/api/chat/private-threads/", { query });
      threads.push(...results);
      if (!next) break;
    }
  } catch {
    update(core, (state) => ({ ...state, threads: { ...state.threads, hasFailed: true } }));
    return false;
  }
  update(core, (state) => learnThreads(state, threads));
  // What events said while the answer was on its way was about threads that nobody here knew yet.
  const { logs, threads: known } = core.store.getState();
  const late = threads.filter(({ id }) => (known.byId[id]?.last_seq ?? 0) < (logs[threadKey(id)]?.applied ?? 0));
  await Promise.allSettled(late.map(({ id }) => loadPrivateThread(core, id)));
  return true;
}

/** One thread. False: there is none, as far as this person may know. @throws when nobody answers */
export async function loadPrivateThread(core: Core, id: number): Promise<boolean> {
  try {
    const thread = await core.api.get("/api/chat/private-threads/{id}/", { params: { id } });
    update(core, (state) => learnThread(state, thread));
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    update(core, (state) => forget(state, threadKey(id)));
    return false;
  }
}

/** What is answered stands above the message box, unless the chat begins with it: that is said at its start. */
function quote(core: Core, thread: PrivateThread, message: MessageItem): void {
  if (thread.owner_message === message.id && thread.last_message === null) return;
  update(core, (state) => ({ ...state, quote: { thread: thread.id, message } }));
}

/** @param message the one that "Reply privately" was chosen for */
export type Whom = { message: MessageItem } | { user_id: number; room_id: number };

/** Opens the chat beside its room. Where the school or the room allows none, that is said. @throws the other refusals */
export async function openPrivate(core: Core, whom: Whom): Promise<void> {
  try {
    const body = "message" in whom ? { message_id: whom.message.id } : whom;
    const thread = await core.api.post("/api/chat/private-threads/", { body, idempotencyKey: core.randomId() });
    update(core, (state) => learnThread(state, thread));
    if ("message" in whom) quote(core, thread, whom.message);
    goTo({ name: "room", id: thread.room, panel: { kind: "private", id: thread.id } });
  } catch (error) {
    if (!isRefusal(error, "private_threads_restricted")) throw error;
    addToast(core, { tone: "info", text: words.restricted });
  }
}

/** The quote is in the message box. */
export const takeQuote = (core: Core): void => update(core, (state) => ({ ...state, quote: null }));

/** Staff of its room close a thread and open it again. */
export async function setThreadActive(core: Core, id: number, is_active: boolean): Promise<void> {
  const thread = await core.api.patch("/api/chat/private-threads/{id}/", { params: { id }, body: { is_active } });
  if (core.store.getState().threads.byId[id]) update(core, (state) => learnThread(state, thread));
}
