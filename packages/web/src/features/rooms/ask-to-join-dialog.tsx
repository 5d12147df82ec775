// Asking to be let into a private room, with a short note for those who decide.
import type { RoomCard } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Lock } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { Tile } from "../../ui/tile.tsx";

const words = {
  title: "Ask to join",
  about: (host: string, count: number) => `Led by ${host} · ${count} members`,
  note: "A short note",
  optional: "optional",
  hint: (host: string) => `${host} is told right away. The room opens for you after a yes.`,
  cancel: "Cancel",
  send: "Send request",
};

export interface AskToJoinDialogProps {
  /** Null while closed. */
  room: RoomCard | null;
  busy: boolean;
  error?: string | null;
  onSend: (note: string) => void;
  onClose: () => void;
}

function AskForm({ room, busy, error, onSend, onClose }: AskToJoinDialogProps & { room: RoomCard }) {
  const [note, setNote] = useState("");
  const footer = (
    <>
      <Button variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button variant="primary" busy={busy} onClick={() => onSend(note.trim())}>
        {words.send}
      </Button>
    </>
  );
  return (
    <Modal open title={words.title} onClose={onClose} footer={footer}>
      <FormError text={error} />
      <div className="hr-roomcard">
        <Tile id={room.id} name={room.name} size={52} />
        <div className="hr-grow">
          <b>
            <span className="hr-ell">{room.name}</span>
            <Icon icon={Lock} size={16} />
          </b>
          <small>{words.about(room.host.display_name, room.participant_count)}</small>
          {room.description && <small>{room.description}</small>}
        </div>
      </div>
      <div className="hr-roomcard-below">
        <TextArea
          label={words.note}
          aside={words.optional}
          maxLength={SIZES.note}
          value={note}
          onChange={setNote}
          hint={{ text: words.hint(room.host.display_name) }}
        />
      </div>
    </Modal>
  );
}

export function AskToJoinDialog({ room, ...props }: AskToJoinDialogProps) {
  return room && <AskForm key={room.id} room={room} {...props} />;
}
