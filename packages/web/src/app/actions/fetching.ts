// Fetching what shows messages. An answer may have been read before events that come first: they are said to it again.
import type { Message } from "@homeroom/protocol";
import { applyFollowedAgain, knowChoice, knowRoot } from "../../features/messages/followed.state.ts";
import { begin, end, type Said, since } from "../../features/messages/meanwhile.state.ts";
import { changeTimelines, findAnywhere } from "../../features/messages/messages.state.ts";
import { applyPins } from "../../features/messages/pins.state.ts";
import { applyAgain, replaced } from "../../features/messages/timeline.state.ts";
import { type Core, update } from "../core.ts";
import { type AppState, carded } from "../state.ts";
import { perVisit } from "../visit.ts";

/** An answer has been taken in that may have been read before what was said since it was asked for. */
function caughtUp(state: AppState, mark: number): AppState {
  const meId = state.me?.id ?? 0;
  return since(state.meanwhile, mark).reduce((next, frame) => {
    if (frame.type === "user_changed") return carded(next, frame.user);
    return {
      ...next,
      messages: changeTimelines(next.messages, (timeline) => applyAgain(timeline, frame, meId)),
      followed: applyFollowedAgain(next.followed, frame, meId),
      pins: applyPins(next.pins, frame),
    };
  }, state);
}

/** Asks, and takes the answer in as it is now. Whatever brings messages, roots or pins from the server goes this way. */
export async function fetchInto<T>(
  core: Core,
  ask: () => Promise<T>,
  take: (state: AppState, answer: T) => AppState,
): Promise<T> {
  const mark = core.store.getState().meanwhile.next;
  update(core, (state) => ({ ...state, meanwhile: begin(state.meanwhile) }));
  try {
    const answer = await ask();
    update(core, (state) => caughtUp(take(state, answer), mark));
    recountRoots(core, since(core.store.getState().meanwhile, mark));
    return answer;
  } finally {
    update(core, (state) => ({ ...state, meanwhile: end(state.meanwhile, mark) }));
  }
}

/** On the screen, or in the list of threads. */
const isShown = ({ messages, followed }: AppState, root: number) =>
  followed.roots[root] !== undefined || findAnywhere(messages, root) !== undefined;

/** Whether a fetched count of replies already lacks one that was deleted meanwhile, only the server can say. */
function recountRoots(core: Core, frames: readonly Said[]): void {
  const roots = frames.flatMap((frame) => {
    const root = frame.type === "message_deleted" ? frame.message.thread_root : null;
    return root !== null && isShown(core.store.getState(), root) ? [root] : [];
  });
  for (const id of new Set(roots)) void loadRoot(core, id).catch(() => undefined);
}

/** Takes in a root, here and where its room is on the screen. */
export function learnRoot(state: AppState, root: Message): AppState {
  const messages = changeTimelines(state.messages, (timeline) => replaced(timeline, root));
  return { ...state, messages, followed: knowRoot(state.followed, root) };
}

/** A thread as its own page shows it. */
export interface Thread {
  root: Message;
  following: boolean;
}

export function learnThread(state: AppState, { root, following }: Thread): AppState {
  const known = learnRoot(state, root);
  return { ...known, followed: knowChoice(known.followed, root.id, following) };
}

/** Roots that are asked for just now: an answer that comes too early leads to the next question by itself. */
const askedOf = perVisit(() => new Set<number>());

/** One root with how its thread stands. @throws when nobody answers, or there is none */
export async function loadRoot(core: Core, id: number): Promise<void> {
  const under = askedOf(core);
  if (under.has(id)) return;
  under.add(id);
  const ask = () =>
    core.api
      .get("/api/chat/messages/{id}/thread/", { params: { id }, query: { limit: "1" } })
      .finally(() => under.delete(id));
  await fetchInto(core, ask, learnThread);
}
