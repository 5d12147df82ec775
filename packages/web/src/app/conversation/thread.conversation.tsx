// The replies to a message of a room: that message on top, its replies, and a box to write one.
import type { Me } from "@homeroom/protocol";
import { useMemo, useRef } from "react";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import { MessageRow } from "../../features/messages/message-row.tsx";
import { timelineAt } from "../../features/messages/messages.state.ts";
import { type Place, repliesPlace, roomPlace } from "../../features/messages/place.ts";
import type { Root } from "../../features/messages/replies.ts";
import type { ListedMessage } from "../../features/messages/rows.ts";
import { findMessage, type MessageItem } from "../../features/messages/timeline.state.ts";
import { isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import { copyText } from "../../ui/clipboard.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import type { Panel } from "../router.ts";
import type { AppState } from "../state.ts";
import { useApp } from "../store.ts";
import { ConversationComposer } from "./conversation-composer.container.tsx";
import { ConversationList, type ConversationListHandle } from "./conversation-list.container.tsx";
import { type Conversation, type ConversationOptions, useConversation } from "./use-conversation.ts";
import { useFiles } from "./use-files.tsx";
import { useMessageWays } from "./use-message-ways.ts";
import { type Reacting, useReacting } from "./use-reacting.tsx";
import { useRoomClosed } from "./use-room-closed.ts";

const words = {
  log: "Thread replies",
  box: "Reply in thread",
  replies: (count: number) => `${count} ${count === 1 ? "reply" : "replies"}`,
  also: (room: string) => `Also send to ${room}`,
  none: "No replies yet",
  noneText: "Write the first one. The room stays free for everything else.",
  gone: "There is no thread here",
  goneText: "The link may be old, or the message is not for you to see.",
};

/** A root as the thread shows it: from the thread itself, or from the room while that is on its way. */
function rootIn({ followed, messages }: AppState, room: number, id: number): Root | undefined {
  const known = followed.roots[id];
  if (known) return known;
  const found = findMessage(timelineAt(messages, roomPlace(room)), id);
  return found && "room" in found ? found : undefined;
}

const useRoot = (room: number, id: number): Root | undefined => useApp((state) => rootIn(state, room, id));

interface HeadProps {
  root: Root;
  me: Me;
  canWrite: boolean;
  mayModerate: boolean;
  conversation: Conversation;
  more: ReturnType<typeof useMessageWays>;
  reacting: Reacting;
}

/** The message that is answered, and how many answers there are. */
function ThreadHead({ root, me, canWrite, mayModerate, conversation, more, reacting }: HeadProps) {
  const message = useMemo<MessageItem>(() => ({ ...root, replies: null, kind: "message" }), [root]);
  const { onEdit, onDelete } = conversation;
  const handlers = useMemo(() => {
    const stored = (run: (message: MessageItem) => void) => (item: ListedMessage) => item.id !== null && run(item);
    const copy = (item: ListedMessage) => void copyText(item.content);
    return { ...reacting.handlers, ...more, onEdit: stored(onEdit), onDelete: stored(onDelete), onCopy: copy };
  }, [reacting.handlers, more, onEdit, onDelete]);
  const { filesOf, lightbox } = useFiles();
  const isMine = root.sender.id === me.id;
  const count = root.replies?.count ?? 0;
  return (
    <div className="hr-thread-root">
      <MessageRow<ListedMessage>
        message={message}
        first
        handlers={handlers}
        reader={reacting.reader}
        filesOf={filesOf}
        held={reacting.heldId === root.id}
        {...reacting.allow(message)}
        canEdit={canWrite && isMine}
        canDelete={canWrite && (isMine || mayModerate)}
        canPrivate={canWrite && !isMine}
      />
      {count > 0 && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- this one has words in it
        <div className="hr-thread-count" role="separator" aria-label={words.replies(count)}>
          {words.replies(count)}
        </div>
      )}
      {lightbox}
    </div>
  );
}

export interface ThreadConversationProps {
  room: RoomState;
  /** The message that is answered. */
  rootId: number;
  me: Me;
  dialogs: Dialogs;
  onPanel: (panel: Panel, message?: number) => void;
}

type Refs = Pick<ConversationOptions, "composer" | "list">;

function useThread({ room, rootId, me, dialogs, onPanel }: ThreadConversationProps, refs: Refs) {
  const place = useMemo<Place>(() => repliesPlace(room.id, rootId), [room.id, rootId]);
  const root = useRoot(room.id, rootId);
  const conversation = useConversation({ place, me, dialogs, ...refs });
  const more = useMessageWays({ place, me, onPanel });
  const rights = { canWrite: room.is_active, mayModerate: isModerator(room) };
  // The root is not a row of the list, which looks after its rows alone.
  const reacting = useReacting({ place: useMemo(() => roomPlace(room.id), [room.id]), me, ...rights });
  return { place, root, conversation, more, rights, reacting, closed: useRoomClosed(room) };
}

/** A list and a box, one above the other: they want a parent that is a column. */
function ThreadView(props: ThreadConversationProps) {
  const { room, me } = props;
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<ConversationListHandle>(null);
  const { place, root, conversation, more, rights, reacting, closed } = useThread(props, { composer, list });
  return (
    <>
      <ConversationList
        ref={list}
        place={place}
        me={me}
        label={words.log}
        rights={rights}
        onReply={conversation.onReply}
        onEdit={conversation.onEdit}
        onDelete={conversation.onDelete}
        more={more}
        head={root && <ThreadHead root={root} me={me} {...rights} {...{ conversation, more, reacting }} />}
        headAt={root?.created_at}
        empty={<EmptyState spot="hello" title={words.none} text={room.is_active ? words.noneText : undefined} />}
        gone={<EmptyState spot="door" title={words.gone} text={words.goneText} />}
      />
      {reacting.picker}
      {root && (
        <ConversationComposer
          ref={composer}
          place={place}
          me={me}
          name={room.name}
          label={words.box}
          closed={closed}
          alsoInRoom={words.also(room.name)}
          conversation={conversation}
        />
      )}
    </>
  );
}

export function ThreadConversation(props: ThreadConversationProps) {
  // What is being written belongs to one thread.
  return <ThreadView key={props.rootId} {...props} />;
}
