// Threads of replies: the list of those I write in or follow, following and not.
import type { Message } from "@homeroom/protocol";
import { knowFollowed } from "../../features/messages/followed.state.ts";
import { changeTimelines } from "../../features/messages/messages.state.ts";
import { repliesPlace } from "../../features/messages/place.ts";
import { replaced } from "../../features/messages/timeline.state.ts";
import { type Core, update } from "../core.ts";
import { fetchInto, learnThread } from "./fetching.ts";
import { tellRead } from "./reading.ts";

const PAGE = 100;
const MOST_PAGES = 10;

async function fetchRoots({ api }: Core): Promise<Message[]> {
  const roots: Message[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: String(PAGE), offset: String(page * PAGE) };
    const { results, next } = await api.get("/api/chat/threads/", { query });
    roots.push(...results);
    if (!next) break;
  }
  return roots;
}

/** The whole list. False: it could not be fetched, which is told where the list stands. */
export async function loadFollowed(core: Core): Promise<boolean> {
  try {
    await fetchInto(
      core,
      () => fetchRoots(core),
      (state, roots) => ({
        ...state,
        followed: knowFollowed(state.followed, roots),
        messages: changeTimelines(state.messages, (timeline) => roots.reduce(replaced, timeline)),
      }),
    );
  } catch {
    update(core, (state) => ({ ...state, followed: { ...state.followed, hasFailed: true } }));
    return false;
  }
  return true;
}

/** From now on I hear of new replies, or do not. @throws */
export async function setFollowing(core: Core, id: number, follow: boolean): Promise<void> {
  const path = "/api/chat/messages/{id}/follow/";
  const given = { params: { id } };
  const ask = () => (follow ? core.api.put(path, { ...given, body: {} }) : core.api.delete(path, given));
  await fetchInto(core, ask, (state, root) => learnThread(state, { root, following: follow }));
  const root = core.store.getState().followed.roots[id];
  if (follow && root) tellRead(core, repliesPlace(root.room, id));
}
