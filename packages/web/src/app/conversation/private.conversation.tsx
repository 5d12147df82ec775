// A private chat of two: its messages as bubbles, and a box to write one.
import type { Me } from "@homeroom/protocol";
import { useEffect, useMemo, useRef } from "react";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import type { Allowed, Bubbles } from "../../features/messages/list-row.tsx";
import { Quote } from "../../features/messages/message-parts.tsx";
import { timelineAt } from "../../features/messages/messages.state.ts";
import { privatePlace } from "../../features/messages/place.ts";
import { isReviewed } from "../../features/private-threads/private-rules.ts";
import { FirstMessageState, PrivateStart } from "../../features/private-threads/private-start.tsx";
import {
  lastReadByPartner,
  partnerOf,
  type ThreadState,
} from "../../features/private-threads/private-threads.state.ts";
import { isMember, type RoomState } from "../../features/rooms/rooms.state.ts";
import { shortName } from "../../ui/names.ts";
import { clockTime } from "../../ui/time.ts";
import { takeQuote } from "../actions/private-threads.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { usePrivateClosed, useRoomOf } from "../private/use-private-closed.ts";
import { useTeachers } from "../private/use-teachers.ts";
import { goTo } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { ConversationComposer } from "./conversation-composer.container.tsx";
import { ConversationList, type ConversationListHandle } from "./conversation-list.container.tsx";
import { type Conversation, useConversation } from "./use-conversation.ts";
import { useMessageWays } from "./use-message-ways.ts";

const words = {
  log: (name: string) => `Private messages with ${name}`,
  box: (name: string) => `Message ${name} privately`,
  read: "Read",
};

/** Everything here is for me: nothing has to be told apart by its colour. */
const plain = (): Partial<Allowed> => ({ mentionsMe: false });

/** Under the last bubble of a group when it was, and under my last one that was read, that it was. */
function useBubbles(thread: ThreadState, me: Me): Bubbles {
  const place = useMemo(() => privatePlace(thread.id), [thread.id]);
  const readId = useApp((state) => {
    return lastReadByPartner(timelineAt(state.messages, place)?.items ?? [], thread, me.id);
  });
  const name = shortName(partnerOf(thread, me.id).display_name);
  return useMemo(
    () => ({
      me: me.id,
      footOf: ({ id, sender, created_at }, last) => {
        const isRead = id !== null && id === readId;
        if (!last && !isRead) return null;
        const parts = [sender.id !== me.id && name, clockTime(created_at), isRead && words.read];
        return parts.filter(Boolean).join(" · ");
      },
    }),
    [me.id, name, readId],
  );
}

/** A message of the room that "Reply privately" was chosen for, once this chat's box can take it. */
function useAskedQuote(id: number, onReply: Conversation["onReply"]): void {
  const client = useClient();
  const quote = useApp((state) => (state.quote?.thread === id ? state.quote.message : null));
  useEffect(() => {
    if (!quote) return;
    onReply(quote);
    takeQuote(client);
  }, [client, quote, onReply]);
}

interface StartProps {
  thread: ThreadState;
  me: Me;
  room: RoomState | undefined;
}

function Start({ thread, me, room }: StartProps) {
  const policy = useApp((state) => state.school?.private_threads ?? "supervised");
  const { owner_preview: began } = thread;
  const jump = (message: number) => goTo({ name: "room", id: thread.room, message });
  const isHidden = began !== null && began.excerpt === "" && !began.deleted;
  const quote = began && !isHidden && <Quote preview={began} onJump={isMember(room) ? jump : undefined} />;
  return (
    <PrivateStart
      partner={partnerOf(thread, me.id).display_name}
      teachers={useTeachers(thread)}
      isReviewed={isReviewed(policy)}
      origin={began && { room: room?.name ?? null, quote }}
    />
  );
}

export interface PrivateConversationProps {
  thread: ThreadState;
  me: Me;
  dialogs: Dialogs;
  /** On the main sheet: the skip link leads to its box. */
  isMain?: boolean | undefined;
}

/** A list and a box, one above the other: they want a parent that is a column. */
export function PrivateConversation({ thread, me, dialogs, isMain }: PrivateConversationProps) {
  const place = useMemo(() => privatePlace(thread.id), [thread.id]);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<ConversationListHandle>(null);
  const conversation = useConversation({ place, me, dialogs, composer, list });
  useAskedQuote(thread.id, conversation.onReply);
  const more = useMessageWays({ place, me, onPanel: null });
  const room = useRoomOf(thread);
  const closed = usePrivateClosed(thread, me, room);
  const bubbles = useBubbles(thread, me);
  const { display_name: name } = partnerOf(thread, me.id);
  return (
    <>
      <ConversationList
        ref={list}
        place={place}
        me={me}
        label={words.log(name)}
        rights={{ canWrite: closed === null, mayModerate: false }}
        onReply={conversation.onReply}
        onEdit={conversation.onEdit}
        onDelete={conversation.onDelete}
        more={more}
        allow={plain}
        rowProps={useMemo(() => ({ bubbles }), [bubbles])}
        head={<Start thread={thread} me={me} room={room} />}
        empty={<FirstMessageState partner={name} createdAt={thread.created_at} />}
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
