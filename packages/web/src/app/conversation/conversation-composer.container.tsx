// Writing in a place: the draft, a reply or an edit in progress, and who else is typing.
import type { Me } from "@homeroom/protocol";
import { type RefObject, useRef, useState } from "react";
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import type { ComposerContext } from "../../features/messages/composer-parts.tsx";
import { Composer, type ComposerHandle, type ComposerProps } from "../../features/messages/composer.tsx";
import type { MentionOf } from "../../features/messages/mentioned.ts";
import { type Place, placeKey, placeLog } from "../../features/messages/place.ts";
import { plainLine } from "../../features/messages/text-format.ts";
import { excerptOf, type MessageItem } from "../../features/messages/timeline.state.ts";
import { shortName } from "../../ui/names.ts";
import { editMessage, sendMessage, setDraft } from "../actions/messages.ts";
import { complain } from "../core.ts";
import { useApp, useAppShallow, useClient } from "../store.ts";
import { useMentionOf } from "./use-people.ts";
import { useTray } from "./use-tray.tsx";
import { useTyping } from "./use-typing.ts";
import type { Conversation, Writing } from "./use-conversation.ts";
import { useVoice } from "./use-voice.tsx";
import { useWritingHelp } from "./use-writing-help.ts";

export interface ConversationComposerProps {
  /** The same object while the place is the same. */
  place: Place;
  me: Me;
  /** "Message <name>", unless `label` says it otherwise. */
  name: string;
  label?: string;
  /** The box that the skip link leads to: there is one on the screen. */
  isMain?: boolean | undefined;
  closed?: ClosedReason | null;
  /** What the box to tick says, in a thread whose replies may go to the room too. */
  alsoInRoom?: string | null;
  conversation: Conversation;
  /** What other features give the box: whom to mention, emoji, waiting. */
  more?: Partial<Pick<ComposerProps, "people" | "rooms" | "emoji" | "wait" | "notice" | "enterSends">>;
  ref: RefObject<ComposerHandle | null>;
}

const NOBODY: string[] = [];

const contextOf = (writing: Writing | null, mentionOf: MentionOf): ComposerContext | null => {
  if (writing?.kind !== "reply") return writing && { kind: "edit", mayBeEmpty: writing.message.attachments.length > 0 };
  const { message } = writing;
  return { kind: "reply", name: message.sender.display_name, excerpt: plainLine(excerptOf(message), mentionOf) };
};

/** Who types in a thread of replies is not said: the room's typing line is the room's. */
const useTypists = (place: Place): string[] =>
  useAppShallow((state) =>
    place.kind === "replies"
      ? NOBODY
      : (state.live.typing[placeLog(place)] ?? []).map((typist) => shortName(typist.user.display_name)),
  );

/** Saves an edit, one at a time. */
function useSaveEdit(onWriting: (writing: Writing | null) => void) {
  const client = useClient();
  const saving = useRef(false);
  return async (edit: Extract<Writing, { kind: "edit" }>) => {
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
}

export function ConversationComposer(props: ConversationComposerProps) {
  const { place, me, name, label, isMain = false, closed, alsoInRoom, conversation, more, ref } = props;
  const { writing, onWriting } = conversation;
  const client = useClient();
  const draft = useApp((state) => state.drafts[placeKey(place)] ?? "");
  const typing = useTypists(place);
  const typingHere = useTyping(place);
  const [isAlso, setAlso] = useState(false);
  const saveEdit = useSaveEdit(onWriting);
  const help = useWritingHelp(place, me);
  const mentionOf = useMentionOf(place, me);
  const tray = useTray({ place, name, isClosed: Boolean(closed), composer: ref });

  const sent = () => {
    setAlso(false);
    onWriting(null);
    typingHere.sent();
    conversation.onSent();
  };
  const quotedOf = (message: MessageItem | undefined) =>
    message ? { id: message.id, sender: message.sender, deleted: message.deleted, excerpt: excerptOf(message) } : null;
  const voice = useVoice({
    place,
    me,
    isClosed: Boolean(closed),
    wordsOf: () => ({
      quoted: quotedOf(writing?.kind === "reply" ? writing.message : undefined),
      alsoInRoom: Boolean(alsoInRoom) && isAlso,
    }),
    onSent: () => {
      setAlso(false);
      onWriting(null);
      conversation.onSent();
    },
    focusBox: () => ref.current?.focus(),
  });

  const send = () => {
    if (writing?.kind === "edit") return void saveEdit(writing);
    const quoted = quotedOf(writing?.message);
    const isInRoom = Boolean(alsoInRoom) && isAlso;
    if (tray.files.hasFiles) return tray.send(quoted, isInRoom, sent);
    sendMessage(client, place, { content: draft, quoted, alsoInRoom: isInRoom });
    setDraft(client, place, "");
    sent();
  };
  const change = (text: string) => {
    if (writing?.kind === "edit") return onWriting({ ...writing, text });
    voice.clearNotice();
    tray.onChange();
    setDraft(client, place, text);
    typingHere.changed(text);
  };
  const composer = (
    <Composer
      {...help}
      files={tray.files}
      tray={tray.tray}
      notice={voice.notice ?? tray.notice}
      {...more}
      mic={voice.mic}
      recorder={voice.recorder}
      ref={ref}
      roomName={name}
      {...(label && { label })}
      {...(!isMain && { boxId: null })}
      value={writing?.kind === "edit" ? writing.text : draft}
      onChange={change}
      onSend={send}
      context={contextOf(writing, mentionOf)}
      onCancelContext={() => onWriting(null)}
      onEditLast={conversation.onEditLast}
      typing={typing}
      closed={closed}
      alsoIn={alsoInRoom && writing?.kind !== "edit" ? { label: alsoInRoom, checked: isAlso, onChange: setAlso } : null}
    />
  );
  return (
    <>
      {composer}
      {tray.dropTarget}
    </>
  );
}
