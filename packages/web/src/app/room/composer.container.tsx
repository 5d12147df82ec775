// Writing in the open room: the draft, a reply or an edit in progress, and who else is typing.
import type { Me } from "@homeroom/protocol";
import { type Ref, useRef } from "react";
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import type { ComposerContext } from "../../features/messages/composer-parts.tsx";
import { Composer, type ComposerHandle } from "../../features/messages/composer.tsx";
import { excerptOf, type MessageItem } from "../../features/messages/timeline.state.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { roomKey } from "../../kit/logs.ts";
import { shortName } from "../../ui/names.ts";
import { editMessage, sendMessage, setDraft } from "../actions/messages.ts";
import { complain } from "../core.ts";
import { useApp, useAppShallow, useClient } from "../store.ts";
import { useNow } from "../use-now.ts";
import { useTyping } from "./use-typing.ts";

export type Writing = { kind: "reply"; message: MessageItem } | { kind: "edit"; message: MessageItem; text: string };

export interface ComposerContainerProps {
  room: RoomState;
  me: Me;
  writing: Writing | null;
  onWriting: (writing: Writing | null) => void;
  onEditLast: () => void;
  onSent: () => void;
  ref?: Ref<ComposerHandle>;
}

const contextOf = (writing: Writing | null): ComposerContext | null => {
  if (writing?.kind !== "reply") return writing && { kind: "edit" };
  const { message } = writing;
  return { kind: "reply", name: message.sender.display_name, excerpt: excerptOf(message) };
};

/** Why nobody, or not I, may write here. */
function useClosed(room: RoomState, me: Me): ClosedReason | null {
  const now = useNow();
  const until = room.participants?.find((p) => p.id === me.id)?.muted_until ?? null;
  if (!room.is_active) return { kind: "archived" };
  return until !== null && Date.parse(until) > now ? { kind: "muted", until } : null;
}

export function ComposerContainer(props: ComposerContainerProps) {
  const { room, me, writing, onWriting, onEditLast, onSent, ref } = props;
  const client = useClient();
  const draft = useApp((state) => state.drafts[room.id] ?? "");
  const typing = useAppShallow((state) =>
    (state.live.typing[roomKey(room.id)] ?? []).map((typist) => shortName(typist.user.display_name)),
  );
  const closed = useClosed(room, me);
  const typingHere = useTyping(room.id);
  const saving = useRef(false);

  const saveEdit = async (edit: Extract<Writing, { kind: "edit" }>) => {
    if (saving.current) return;
    saving.current = true;
    try {
      if (edit.text.trim() !== edit.message.content) await editMessage(client, edit.message, edit.text.trim());
      onWriting(null);
    } catch (error) {
      complain(client, error);
    } finally {
      saving.current = false;
    }
  };
  const send = () => {
    if (writing?.kind === "edit") return void saveEdit(writing);
    const quoted = writing?.message;
    const { id, sender, deleted } = quoted ?? { id: 0, sender: me, deleted: false };
    sendMessage(client, room.id, draft, quoted ? { id, sender, deleted, excerpt: excerptOf(quoted) } : null);
    setDraft(client, room.id, "");
    onWriting(null);
    typingHere.sent();
    onSent();
  };
  const change = (text: string) => {
    if (writing?.kind === "edit") return onWriting({ ...writing, text });
    setDraft(client, room.id, text);
    typingHere.changed(text);
  };
  return (
    <Composer
      ref={ref}
      roomName={room.name}
      value={writing?.kind === "edit" ? writing.text : draft}
      onChange={change}
      onSend={send}
      context={contextOf(writing)}
      onCancelContext={() => onWriting(null)}
      onEditLast={onEditLast}
      typing={typing}
      closed={closed}
    />
  );
}
