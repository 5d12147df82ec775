// What a host does with the room itself: changing it, handing it over, and being told why one cannot just leave.
import {
  HandOverDialog as HandOverForm,
  HostLeavesDialog as HostLeavesForm,
} from "../../features/rooms/hand-over-dialog.tsx";
import { heirsOf } from "../../features/rooms/members.ts";
import { RoomSettingsDialog as RoomSettingsForm } from "../../features/rooms/room-settings-dialog.tsx";
import type { RoomPatch } from "../../features/rooms/room-settings.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import type { Participant } from "@homeroom/protocol";
import { changeRoom, handOver } from "../actions/members.ts";
import { addToast } from "../core.ts";
import { useApp, useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";
import type { Dialogs } from "./dialogs.ts";
import { useLiveRoom } from "./use-live-room.ts";

const words = { saved: "Saved. Everybody in the room sees it." };

interface RoomDialogProps {
  room: RoomState;
  onClose: () => void;
}

export function RoomSettingsDialog({ room, onClose }: RoomDialogProps) {
  const client = useClient();
  const submit = useSubmit();
  const now = useLiveRoom(room, onClose);
  const save = async (patch: RoomPatch) => {
    if (!(await submit.run(() => changeRoom(client, room.id, patch)))) return;
    onClose();
    addToast(client, { tone: "done", text: words.saved });
  };
  return (
    <RoomSettingsForm
      room={now}
      busy={submit.busy}
      error={submit.errors?.form ?? null}
      fieldErrors={submit.errors?.fields}
      onSave={(patch) => void save(patch)}
      onClose={onClose}
    />
  );
}

export function HandOverDialog({ room, heir, onClose }: RoomDialogProps & { heir?: Participant | undefined }) {
  const client = useClient();
  const submit = useSubmit();
  const me = useApp((state) => state.me?.id ?? 0);
  const now = useLiveRoom(room, onClose);
  const give = async (person: Participant) => {
    if (await submit.run(() => handOver(client, now, person))) onClose();
  };
  return (
    <HandOverForm
      roomName={now.name}
      heirs={heirsOf(now.participants, me)}
      chosen={heir?.id}
      busy={submit.busy}
      error={submit.errors?.form ?? submit.errors?.fields?.["user_id"]?.join(" ") ?? null}
      onHandOver={(person) => void give(person)}
      onClose={onClose}
    />
  );
}

export function HostLeavesDialog({ room, dialogs, onClose }: RoomDialogProps & { dialogs: Dialogs }) {
  const me = useApp((state) => state.me?.id ?? 0);
  const now = useLiveRoom(room, onClose);
  return (
    <HostLeavesForm
      roomName={now.name}
      mayHandOver={heirsOf(now.participants, me).length > 0}
      onHandOver={() => dialogs.open({ kind: "hand-over", room: now })}
      onDelete={() => dialogs.open({ kind: "delete-room", room: now })}
      onClose={onClose}
    />
  );
}
