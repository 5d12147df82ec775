// The side panel with the thread that grows from a message of the open room.
import type { Me } from "@homeroom/protocol";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { Panel as PanelFrame } from "../../ui/panel.tsx";
import { ThreadConversation } from "../conversation/thread.conversation.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { goTo, type Panel } from "../router.ts";

const words = { title: "Thread" };

export interface ThreadContainerProps {
  room: RoomState;
  rootId: number;
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

export function ThreadContainer({ room, rootId, me, dialogs, onClose }: ThreadContainerProps) {
  const show = (panel: Panel) => goTo({ name: "room", id: room.id, panel }, { replace: true });
  return (
    <PanelFrame title={words.title} sub={room.name} onClose={onClose}>
      <div className="hr-conversation">
        <ThreadConversation room={room} rootId={rootId} me={me} dialogs={dialogs} onPanel={show} />
      </div>
    </PanelFrame>
  );
}
