// The side panel with the thread that grows from a message of the open room, and the bell that follows it.
import type { Me } from "@homeroom/protocol";
import { Bell } from "lucide-react";
import { useCallback, useState } from "react";
import { followsThread } from "../../features/messages/followed.state.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { IconButton } from "../../ui/button.tsx";
import { Panel as PanelFrame } from "../../ui/panel.tsx";
import { setFollowing } from "../actions/reply-threads.ts";
import type { Client } from "../client.ts";
import { ThreadConversation } from "../conversation/thread.conversation.tsx";
import { addToast, complain } from "../core.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { goTo, type Panel } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import "../../styles/threads.css";

const words = {
  title: "Thread",
  follow: "Follow this thread",
  stop: "Stop following",
  followed: "You follow this thread: new replies are counted for you.",
  stopped: "You do not follow this thread any more.",
  undo: "Undo",
};

/** @param mayUndo not for what was itself an undoing */
async function change(client: Client, id: number, follow: boolean, mayUndo = true): Promise<void> {
  try {
    await setFollowing(client, id, follow);
    const undo = { label: words.undo, onSelect: () => void change(client, id, !follow, false) };
    const text = follow ? words.followed : words.stopped;
    addToast(client, { tone: "done", text, icon: Bell, ...(mayUndo && { actions: [undo] }) });
  } catch (error) {
    complain(client, error);
  }
}

/** Absent while the thread is on its way. Also what nobody has replied to yet can be followed. */
function FollowBell({ rootId }: { rootId: number }) {
  const client = useClient();
  const following = useApp((state) => followsThread(state.followed, rootId));
  const [isBusy, setBusy] = useState(false);
  if (following === null) return null;
  const toggle = async () => {
    if (isBusy) return;
    setBusy(true);
    await change(client, rootId, !following);
    setBusy(false);
  };
  return (
    <IconButton
      label={words.follow}
      title={following ? words.stop : words.follow}
      icon={Bell}
      className="hr-follow"
      aria-pressed={following}
      aria-busy={isBusy || undefined}
      onClick={() => void toggle()}
    />
  );
}

export interface ThreadContainerProps {
  room: RoomState;
  rootId: number;
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

export function ThreadContainer({ room, rootId, me, dialogs, onClose }: ThreadContainerProps) {
  const { id } = room;
  const show = useCallback((panel: Panel) => goTo({ name: "room", id, panel }, { replace: true }), [id]);
  return (
    <PanelFrame title={words.title} sub={room.name} tools={<FollowBell rootId={rootId} />} onClose={onClose}>
      <div className="hr-conversation">
        <ThreadConversation room={room} rootId={rootId} me={me} dialogs={dialogs} onPanel={show} />
      </div>
    </PanelFrame>
  );
}
