// The open dialog, if there is one. Each comes with a file of its own, fetched when it is first asked for.
import type { Me } from "@homeroom/protocol";
import { addToast } from "../core.ts";
import { part, PartBoundary } from "../part.tsx";
import { useClient } from "../store.ts";
import type { Dialog, Dialogs } from "./dialogs.ts";
import { loadSwitcher } from "./load-switcher.ts";

const words = { failed: "This could not be opened. Check the connection and try again." };

const AskFirst = part(() => import("./confirm.dialog.tsx").then((file) => file.AskFirstDialog));
const CreateRoom = part(() => import("./create-room.dialog.tsx").then((file) => file.CreateRoomDialog));
const AskToJoin = part(() => import("./ask-to-join.dialog.tsx").then((file) => file.AskToJoinDialog));
const Switcher = part(loadSwitcher);
const Shortcuts = part(() => import("../../features/navigation/shortcut-sheet.tsx").then((file) => file.ShortcutSheet));

interface DialogProps {
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

function DialogView({ dialog, me, dialogs, onClose }: DialogProps & { dialog: Dialog }) {
  switch (dialog.kind) {
    case "create":
      return <CreateRoom onClose={onClose} />;
    case "ask":
      return <AskToJoin room={dialog.room} onClose={onClose} />;
    case "switcher":
      return <Switcher me={me} dialogs={dialogs} onClose={onClose} />;
    case "shortcuts":
      return <Shortcuts onClose={onClose} />;
    default:
      return <AskFirst dialog={dialog} onClose={onClose} />;
  }
}

export function DialogsContainer({ dialog, onClose, ...rest }: DialogProps & { dialog: Dialog | null }) {
  const client = useClient();
  const tell = () => {
    addToast(client, { tone: "error", text: words.failed });
    onClose();
  };
  return (
    dialog && (
      <PartBoundary key={dialog.kind} failed={null} onFailed={tell}>
        <DialogView dialog={dialog} onClose={onClose} {...rest} />
      </PartBoundary>
    )
  );
}
