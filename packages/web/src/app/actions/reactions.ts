// Reacting to messages: shown at once, sent one after the other, taken back when the server refuses.
import type { DurableFrame, Reaction } from "@homeroom/protocol";
import { applyFollowed } from "../../features/messages/followed.state.ts";
import { applyMessageEvent } from "../../features/messages/messages.state.ts";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { isMine, withMine } from "../../features/messages/reacting.ts";
import { complain, type Core, update } from "../core.ts";
import type { AppState } from "../state.ts";
import { perVisit } from "../visit.ts";

/** As the page shows the message now: in one of its conversations, or as what a thread answers. */
function shownReactions({ messages, followed }: AppState, id: number): readonly Reaction[] {
  for (const timeline of Object.values(messages.timelines)) {
    const item = timeline?.items.find((one) => one.kind === "message" && one.id === id);
    if (item?.kind === "message") return item.reactions;
  }
  return followed.roots[id]?.reactions ?? [];
}

/** As if the event had come: it will say the same. */
function show(core: Core, place: Place, id: number, change: (reactions: readonly Reaction[]) => Reaction[]): void {
  update(core, (state) => {
    const reactions = change(shownReactions(state, id));
    const log = place.kind === "private" ? { thread: place.thread } : { room: place.room };
    const frame: DurableFrame = { type: "reaction_changed", ...log, seq: 0, message_id: id, reactions };
    const meId = state.me?.id ?? 0;
    const viewing = { meId, isGhost: () => false, find: () => undefined };
    return {
      ...state,
      messages: applyMessageEvent(state.messages, frame, meId, ""),
      followed: applyFollowed(state.followed, frame, viewing),
    };
  });
}

function send({ api }: Core, place: Place, id: number, emoji: string, isOn: boolean): Promise<unknown> {
  const given = { params: { id, emoji } };
  if (place.kind === "private") {
    const path = "/api/chat/private-messages/{id}/reactions/{emoji}/";
    return isOn ? api.put(path, { ...given, body: {} }) : api.delete(path, given);
  }
  const path = "/api/chat/messages/{id}/reactions/{emoji}/";
  return isOn ? api.put(path, { ...given, body: {} }) : api.delete(path, given);
}

/** What is wanted of each reaction that is on its way; clicks that follow change the wish, not the order. */
const wishesOf = perVisit(() => new Map<string, boolean>());

/** Adds my reaction, or takes it back. */
export async function toggleReaction(core: Core, place: Place, id: number, emoji: string): Promise<void> {
  const me = core.store.getState().me?.id ?? 0;
  const isOn = !isMine(shownReactions(core.store.getState(), id), emoji, me);
  const key = `${placeKey(place)} ${id} ${emoji}`;
  show(core, place, id, (reactions) => withMine(reactions, emoji, me, isOn));
  const wishes = wishesOf(core);
  const isUnderWay = wishes.has(key);
  wishes.set(key, isOn);
  if (isUnderWay) return;
  let told: boolean | undefined;
  try {
    while (told !== wishes.get(key)) {
      told = wishes.get(key) ?? isOn;
      await send(core, place, id, emoji, told);
    }
  } catch (error) {
    // What the server knows is what it was told last, and that was the opposite.
    show(core, place, id, (reactions) => withMine(reactions, emoji, me, !told));
    complain(core, error);
  } finally {
    wishes.delete(key);
  }
}
