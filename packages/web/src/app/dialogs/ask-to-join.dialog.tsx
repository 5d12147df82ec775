// Asking the hosts of a room to be let in.
import { AskToJoinDialog as AskToJoinForm } from "../../features/rooms/ask-to-join-dialog.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { askToJoin } from "../actions/rooms.ts";
import { addToast } from "../core.ts";
import { useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";

export function AskToJoinDialog({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const ask = async (note: string) => {
    const isSent = await submit.run(() => askToJoin(client, room.id, note));
    if (!isSent) return;
    onClose();
    addToast(client, { tone: "done", text: `You asked to join ${room.name}. ${room.host.display_name} was told.` });
  };
  return (
    <AskToJoinForm
      room={room}
      busy={submit.busy}
      error={submit.errors?.form ?? submit.errors?.fields?.note?.join(" ") ?? null}
      onSend={(note) => void ask(note)}
      onClose={onClose}
    />
  );
}
