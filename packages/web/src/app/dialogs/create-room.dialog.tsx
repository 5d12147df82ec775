// Making a room.
import { useRef } from "react";
import { CreateRoomForm, type CreateRoomValues } from "../../features/rooms/create-room-form.tsx";
import { createRoom } from "../actions/rooms.ts";
import { addToast } from "../core.ts";
import { goTo } from "../router.ts";
import { useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";

const words = { ready: "The room is ready." };

/** The same words again are the same room: a second click, or a repeat after a silence, makes no second one. */
function useKeyFor() {
  const client = useClient();
  const last = useRef({ body: "", key: "" });
  return (values: object) => {
    const body = JSON.stringify(values);
    if (last.current.body !== body) last.current = { body, key: client.randomId() };
    return last.current.key;
  };
}

export function CreateRoomDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const keyFor = useKeyFor();
  const create = async (values: CreateRoomValues) => {
    const room = await createRoom(client, values, keyFor(values));
    onClose();
    goTo({ name: "room", id: room.id });
    addToast(client, { tone: "done", text: words.ready });
  };
  return (
    <CreateRoomForm
      open
      busy={submit.busy}
      error={submit.errors?.form ?? null}
      fieldErrors={submit.errors?.fields}
      onSubmit={(values) => void submit.run(() => create(values))}
      onClose={onClose}
    />
  );
}
