// Private threads: the list of mine, one afresh, closing one as staff.
import type { PrivateThread } from "@homeroom/protocol";
import { ApiError } from "../../kit/failures.ts";
import { threadKey } from "../../kit/logs.ts";
import { type Core, update } from "../core.ts";
import { forget, learnThread, learnThreads } from "../state.ts";

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

/** Staff of its room close a thread and open it again. */
export async function setThreadActive(core: Core, id: number, is_active: boolean): Promise<void> {
  const thread = await core.api.patch("/api/chat/private-threads/{id}/", { params: { id }, body: { is_active } });
  if (core.store.getState().threads.byId[id]) update(core, (state) => learnThread(state, thread));
}
