// A private chat of two: its messages and a box to write one.
import type { Me } from "@homeroom/protocol";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import { privatePlace } from "../../features/messages/place.ts";
import { partnerOf, type ThreadState } from "../../features/private-threads/private-threads.state.ts";
import { LoadErrorState } from "../../features/rooms/room-states.tsx";
import { isMember } from "../../features/rooms/rooms.state.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { loadPrivateThread } from "../actions/private-threads.ts";
import { loadRoom } from "../actions/rooms.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useApp, useClient } from "../store.ts";
import { ConversationComposer } from "./conversation-composer.container.tsx";
import { ConversationList, type ConversationListHandle } from "./conversation-list.container.tsx";
import { useConversation } from "./use-conversation.ts";
import { useMessageWays } from "./use-message-ways.ts";
import { useRoomClosed } from "./use-room-closed.ts";

const words = {
  log: (name: string) => `Private messages with ${name}`,
  box: (name: string) => `Message ${name} privately`,
  none: "Nobody has written yet",
  noneText: (name: string) => `What you write here is between you and ${name}. Your teacher can review it.`,
  gone: "There is no private chat here",
  goneText: "The link may be old, or the chat is not yours.",
};

/** One of my private chats; fetched where it is not known, after a reload or by its address. */
export function usePrivateThread(id: number) {
  const client = useClient();
  const thread = useApp((state) => state.threads.byId[id]);
  const isUnknown = thread === undefined;
  const [problem, setProblem] = useState<"gone" | "failed" | null>(null);
  const fetchThread = useCallback(() => {
    loadPrivateThread(client, id).then(
      (isThere) => setProblem(isThere ? null : "gone"),
      () => setProblem("failed"),
    );
  }, [client, id]);
  useEffect(() => {
    if (isUnknown) fetchThread();
  }, [isUnknown, fetchThread]);
  return { thread, problem, retry: fetchThread };
}

/** Why nobody, or not I, may write here. */
function usePrivateClosed(thread: ThreadState, me: Me): ClosedReason | null {
  const client = useClient();
  const room = useApp((state) => state.rooms.byId[thread.room]);
  const needsPeople = isMember(room) && !room?.participants;
  useEffect(() => {
    if (needsPeople) void loadRoom(client, thread.room).catch(() => undefined);
  }, [client, needsPeople, thread.room]);
  const inRoom = useRoomClosed(room);
  const { id, display_name: name } = partnerOf(thread, me.id);
  if (!thread.is_active) return { kind: "thread-closed" };
  if (inRoom?.kind === "archived") return { kind: "room-closed" };
  // Who is in the room is known live once it was opened; before that, the thread itself has said it.
  const isGone = room?.participants
    ? !room.participants.some((person) => person.id === id)
    : thread.write_refusal === "partner_gone";
  if (isGone) return { kind: "left", name };
  return thread.write_refusal === "private_threads_restricted" ? { kind: "restricted" } : inRoom;
}

export interface PrivateConversationProps {
  id: number;
  me: Me;
  dialogs: Dialogs;
  /** On the main sheet: the skip link leads to its box. */
  isMain?: boolean | undefined;
}

/** A list and a box, one above the other: they want a parent that is a column. */
function PrivateView({ thread, me, dialogs, isMain }: PrivateConversationProps & { thread: ThreadState }) {
  const place = useMemo(() => privatePlace(thread.id), [thread.id]);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<ConversationListHandle>(null);
  const conversation = useConversation({ place, me, dialogs, composer, list });
  const more = useMessageWays({ place, me, onPanel: null });
  const closed = usePrivateClosed(thread, me);
  const { display_name: name } = partnerOf(thread, me.id);
  return (
    <>
      <ConversationList
        ref={list}
        place={place}
        me={me}
        label={words.log(name)}
        rights={{ canWrite: thread.is_active, mayModerate: false }}
        onReply={conversation.onReply}
        onEdit={conversation.onEdit}
        onDelete={conversation.onDelete}
        more={more}
        empty={<EmptyState spot="hello" title={words.none} text={words.noneText(name)} />}
      />
      <ConversationComposer
        isMain={isMain}
        ref={composer}
        place={place}
        me={me}
        name={name}
        label={words.box(name)}
        closed={closed}
        conversation={conversation}
      />
    </>
  );
}

export function PrivateConversation(props: PrivateConversationProps) {
  const { thread, problem, retry } = usePrivateThread(props.id);
  if (thread) return <PrivateView key={thread.id} thread={thread} {...props} />;
  if (problem === "failed") return <LoadErrorState onRetry={retry} />;
  if (problem === "gone") return <EmptyState spot="door" title={words.gone} text={words.goneText} />;
  return <MessageSkeletons />;
}
