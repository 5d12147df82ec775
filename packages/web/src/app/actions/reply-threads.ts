// Threads of replies: the list of those I write in or follow, one root afresh, following and not.
import type { Message } from "@homeroom/protocol";
import { knowFollowed } from "../../features/messages/followed.state.ts";
import { changeTimelines } from "../../features/messages/messages.state.ts";
import { replaced } from "../../features/messages/timeline.state.ts";
import { type Core, update } from "../core.ts";
import { learnRoot } from "./history.ts";

const PAGE = 100;
const MOST_PAGES = 10;

/** The whole list. False: it could not be fetched, which is told where the list stands. */
export async function loadFollowed(core: Core): Promise<boolean> {
  const roots: Message[] = [];
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { limit: String(PAGE), offset: String(page * PAGE) };
      const { results, next } = await core.api.get("/api/chat/threads/", { query });
      roots.push(...results);
      if (!next) break;
    }
  } catch {
    update(core, (state) => ({ ...state, followed: { ...state.followed, hasFailed: true } }));
    return false;
  }
  update(core, (state) => ({
    ...state,
    followed: knowFollowed(state.followed, roots),
    messages: changeTimelines(state.messages, (timeline) => roots.reduce(replaced, timeline)),
  }));
  return true;
}

/** One root with how its thread stands. @throws when nobody answers, or there is none */
export async function loadRoot(core: Core, id: number): Promise<void> {
  const { root } = await core.api.get("/api/chat/messages/{id}/thread/", { params: { id }, query: { limit: "1" } });
  update(core, (state) => learnRoot(state, root));
}

/** From now on I hear of new replies, or do not. @throws */
export async function setFollowing(core: Core, id: number, follow: boolean): Promise<void> {
  const path = "/api/chat/messages/{id}/follow/";
  const root = await (follow
    ? core.api.put(path, { params: { id }, body: {} })
    : core.api.delete(path, { params: { id } }));
  update(core, (state) => learnRoot(state, root));
}
