// The dialog in which a host changes a room. It follows the room while it is open; what was typed stays.
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import { AccessPick } from "./access-pick.tsx";
import { RoomFormFooter } from "./room-form-footer.tsx";
import { RoomNameField } from "./room-name-field.tsx";
import { RoomOptions } from "./room-options.tsx";
import {
  editFields,
  fieldsFrom,
  type KnownRoom,
  patchOf,
  roomProblems,
  type RoomEdits,
  type RoomPatch,
} from "./room-settings.ts";
import "../../styles/create-room.css";

const words = {
  title: "Edit room",
  submit: "Save",
  sure: "Close without saving? What you changed is lost.",
  keep: "Keep editing",
};

export interface RoomSettingsDialogProps {
  room: KnownRoom;
  busy: boolean;
  error?: string | null;
  fieldErrors?: Record<string, string[]>;
  /** With what is to be changed, never empty. */
  onSave: (patch: RoomPatch) => void;
  onClose: () => void;
}

/** The focus goes to the first field that was refused. */
function useFocusOnProblem(problems: Record<string, string[]>) {
  const form = useRef<HTMLFormElement>(null);
  const names = Object.keys(problems).join();
  useEffect(() => {
    if (names) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [names]);
  return form;
}

export function RoomSettingsDialog({ room, busy, error, fieldErrors, onSave, onClose }: RoomSettingsDialogProps) {
  const id = useId();
  const [edits, setEdits] = useState<RoomEdits>({});
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const own = roomProblems(room, edits);
  const problems = tried ? { ...fieldErrors, ...own } : { ...fieldErrors };
  const form = useFocusOnProblem(busy ? {} : problems);
  const patch = patchOf(room, edits);
  const isChanged = Object.keys(patch).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.keys(own).length > 0) return;
    if (isChanged) onSave(patch);
    else onClose();
  };
  const close = () => (isChanged && !asking ? setAsking(true) : onClose());
  const { name, access, ...options } = { ...fieldsFrom(room), ...edits };
  const edit = (changes: RoomEdits) => setEdits((before) => editFields(before, room, changes));
  const ways = { onKeep: () => setAsking(false), onClose: close, onDiscard: onClose };
  const footer = <RoomFormFooter {...{ ...words, asking, busy, form: id, ...ways }} />;
  return (
    <Modal open title={words.title} onClose={close} footer={footer}>
      <form id={id} ref={form} className="hr-create-room" onSubmit={submit} noValidate>
        <FormError text={error} />
        <RoomNameField
          id={room.id}
          value={name}
          placeholder={room.name}
          onChange={(next) => edit({ name: next })}
          disabled={busy}
          error={problems["name"]?.join(" ") ?? null}
        />
        <AccessPick value={access} onChange={(next) => edit({ access: next })} disabled={busy} />
        <RoomOptions value={options} onChange={edit} disabled={busy} taken={room.participant_count} errors={problems} />
      </form>
    </Modal>
  );
}
