// What is asked before something happens to a member: how long, why, and whether really.
import type { Participant } from "@homeroom/protocol";
import { MuteDialog as MuteForm } from "../../features/rooms/mute-dialog.tsx";
import { RemoveDialog as RemoveForm } from "../../features/rooms/remove-dialog.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { mute, removeMember } from "../actions/members.ts";
import { useClient } from "../store.ts";
import { type Submit, useSubmit } from "../use-submit.ts";
import { useLiveRoom } from "./use-live-room.ts";

const words = { gone: (name: string) => `${name} is not in this room any more.` };

interface MemberDialogProps {
  room: RoomState;
  person: Participant;
  onClose: () => void;
}

const errorOf = (submit: Submit, person: Participant): string | null => {
  if (submit.code === "not_found") return words.gone(person.display_name);
  return submit.errors?.form ?? Object.values(submit.errors?.fields ?? {})[0]?.join(" ") ?? null;
};

export function MuteDialog({ room, person, onClose }: MemberDialogProps) {
  const client = useClient();
  const submit = useSubmit();
  useLiveRoom(room, onClose);
  const run = async (minutes: number, reason: string) => {
    if (await submit.run(() => mute(client, room, person, minutes, reason))) onClose();
  };
  return (
    <MuteForm
      person={person}
      busy={submit.busy}
      error={errorOf(submit, person)}
      onMute={(minutes, reason) => void run(minutes, reason)}
      onClose={onClose}
    />
  );
}

export function RemoveDialog({ room, person, onClose }: MemberDialogProps) {
  const client = useClient();
  const submit = useSubmit();
  const { name } = useLiveRoom(room, onClose);
  const run = async (reason: string) => {
    if (await submit.run(() => removeMember(client, { id: room.id, name }, person, reason))) onClose();
  };
  return (
    <RemoveForm
      person={person}
      roomName={name}
      busy={submit.busy}
      error={errorOf(submit, person)}
      onRemove={(reason) => void run(reason)}
      onClose={onClose}
    />
  );
}
