// The open dialog, if there is one. Each comes with a file of its own, fetched when it is first asked for.
import { addToast } from "../core.ts";
import { part, PartBoundary } from "../part.tsx";
import { useClient } from "../store.ts";
import type { Dialog } from "./dialogs.ts";

const words = { failed: "This could not be opened. Check the connection and try again." };

const AskFirst = part(() => import("./confirm.dialog.tsx").then((file) => file.AskFirstDialog));
const CreateRoom = part(() => import("./create-room.dialog.tsx").then((file) => file.CreateRoomDialog));
const Account = part(() => import("./account.dialog.tsx").then((file) => file.AccountDialog));
const AskToJoin = part(() => import("./ask-to-join.dialog.tsx").then((file) => file.AskToJoinDialog));

function DialogView({ dialog, onClose }: { dialog: Dialog; onClose: () => void }) {
  switch (dialog.kind) {
    case "create":
      return <CreateRoom onClose={onClose} />;
    case "account":
      return <Account onClose={onClose} />;
    case "ask":
      return <AskToJoin room={dialog.room} onClose={onClose} />;
    default:
      return <AskFirst dialog={dialog} onClose={onClose} />;
  }
}

export function DialogsContainer({ dialog, onClose }: { dialog: Dialog | null; onClose: () => void }) {
  const client = useClient();
  const tell = () => {
    addToast(client, { tone: "error", text: words.failed });
    onClose();
  };
  return (
    dialog && (
      <PartBoundary key={dialog.kind} failed={null} onFailed={tell}>
        <DialogView dialog={dialog} onClose={onClose} />
      </PartBoundary>
    )
  );
}
