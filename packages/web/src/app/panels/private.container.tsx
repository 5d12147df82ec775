// The side panel with a private chat, beside the room that it belongs to.
import type { Me } from "@homeroom/protocol";
import { partnerOf } from "../../features/private-threads/private-threads.state.ts";
import { Panel as PanelFrame } from "../../ui/panel.tsx";
import { PrivateConversation } from "../conversation/private.conversation.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useApp } from "../store.ts";

const words = { title: "Private chat" };

export interface PrivateContainerProps {
  id: number;
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

export function PrivateContainer({ id, me, dialogs, onClose }: PrivateContainerProps) {
  const name = useApp((state) => {
    const thread = state.threads.byId[id];
    return thread && partnerOf(thread, me.id).display_name;
  });
  return (
    <PanelFrame title={name ?? words.title} sub={name && words.title} onClose={onClose}>
      <div className="hr-conversation">
        <PrivateConversation id={id} me={me} dialogs={dialogs} />
      </div>
    </PanelFrame>
  );
}
