// The open dialog, if there is one. Each comes with a file of its own, fetched when it is first asked for.
import type { Me } from "@homeroom/protocol";
import { addToast } from "../core.ts";
import { part, PartBoundary } from "../part.tsx";
import { useClient } from "../store.ts";
import type { Dialog, Dialogs } from "./dialogs.ts";
import { Switcher } from "./switcher.part.ts";

const words = { failed: "This could not be opened. Check the connection and try again." };

const AskFirst = part(() => import("./confirm.dialog.tsx").then((file) => file.AskFirstDialog));
const CreateRoom = part(() => import("./create-room.dialog.tsx").then((file) => file.CreateRoomDialog));
const AskToJoin = part(() => import("./ask-to-join.dialog.tsx").then((file) => file.AskToJoinDialog));
const Shortcuts = part(() => import("../../features/navigation/shortcut-sheet.tsx").then((file) => file.ShortcutSheet));
const Mute = part(() => import("./member.dialogs.tsx").then((file) => file.MuteDialog));
const Remove = part(() => import("./member.dialogs.tsx").then((file) => file.RemoveDialog));
const RoomSettings = part(() => import("./room.dialogs.tsx").then((file) => file.RoomSettingsDialog));
const HandOver = part(() => import("./room.dialogs.tsx").then((file) => file.HandOverDialog));
const HostLeaves = part(() => import("./room.dialogs.tsx").then((file) => file.HostLeavesDialog));
const Invite = part(() => import("./invite.dialog.tsx").then((file) => file.InviteDialog));
const ClassCode = part(() => import("./class-code.dialog.tsx").then((file) => file.ClassCodeDialog));

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
    case "class-code":
      return <ClassCode code={dialog.code} onClose={onClose} />;
    case "mute":
      return <Mute room={dialog.room} person={dialog.person} onClose={onClose} />;
    case "remove":
      return <Remove room={dialog.room} person={dialog.person} onClose={onClose} />;
    case "edit-room":
      return <RoomSettings room={dialog.room} onClose={onClose} />;
    case "invite":
      return <Invite room={dialog.room} onClose={onClose} />;
    case "hand-over":
      return <HandOver room={dialog.room} heir={dialog.heir} onClose={onClose} />;
    case "host-leaves":
      return <HostLeaves room={dialog.room} dialogs={dialogs} onClose={onClose} />;
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
