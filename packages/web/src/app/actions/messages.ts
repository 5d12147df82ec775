// Writing in a place, changing and taking back what was written.
import type { Attachment, Message, PrivateMessage } from "@homeroom/protocol";
import { addPending, changeTimelines, removePending } from "../../features/messages/messages.state.ts";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { type MessageItem, replaced } from "../../features/messages/timeline.state.ts";
import { type Core, update } from "../core.ts";

export interface Words {
  content: string;
  quoted: Message["reply_preview"];
  /** A reply in a thread that its room shows as well. */
  alsoInRoom?: boolean;
  /** Files that are on the server already. */
  attachments?: readonly Attachment[];
}

/** Shows it at once and sends it; what becomes of it is the outbox's. */
export function sendMessage(core: Core, place: Place, words: Words): void {
  const { content, quoted, alsoInRoom, attachments = [] } = words;
  const entry = {
    client_id: core.randomId(),
    place,
    content: content.trim(),
    reply_to: quoted?.id ?? null,
    reply_preview: quoted,
    created_at: new Date(core.clock.now()).toISOString(),
    status: "queued" as const,
    ...(alsoInRoom && { also_in_room: true }),
    ...(attachments.length > 0 && { attachments }),
  };
  update(core, (state) => ({ ...state, messages: addPending(state.messages, entry) }));
  core.outbox.pump();
}

export const discard = (core: Core, client_id: string): void =>
  update(core, (state) => ({ ...state, messages: removePending(state.messages, client_id) }));

export const requeue = (core: Core, client_id: string): void => core.outbox.retry(client_id);

/** What an answer says of a message, wherever it is on the screen. */
export const showChanged = (core: Core, message: Message | PrivateMessage): void =>
  update(core, (state) => ({
    ...state,
    messages: changeTimelines(state.messages, (timeline) => replaced(timeline, message)),
  }));

const isPrivate = (message: MessageItem): boolean => "thread" in message;

export async function editMessage(core: Core, message: MessageItem, content: string): Promise<void> {
  const call = { params: { id: message.id }, body: { content } };
  const edited = isPrivate(message)
    ? await core.api.patch("/api/chat/private-messages/{id}/", call)
    : await core.api.patch("/api/chat/messages/{id}/", call);
  showChanged(core, edited);
}

export async function deleteMessage(core: Core, message: MessageItem): Promise<void> {
  const call = { params: { id: message.id } };
  if (isPrivate(message)) await core.api.delete("/api/chat/private-messages/{id}/", call);
  else await core.api.delete("/api/chat/messages/{id}/", call);
}

export function setDraft(core: Core, place: Place, text: string): void {
  const key = placeKey(place);
  update(core, (state) => {
    const { [key]: _, ...others } = state.drafts;
    return { ...state, drafts: text ? { ...others, [key]: text } : others };
  });
}
