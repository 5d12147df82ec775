// Removing somebody from a room: asks first, and takes a reason that they see.
import type { Participant } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { shortName } from "../../ui/names.ts";
import { TextArea } from "../../ui/text-field.tsx";

const words = {
  title: (name: string, room: string) => `Remove ${name} from ${room}?`,
  text: (name: string) =>
    `${name} is out at once, on every device. What ${name} wrote stays. ${name} may ask to come back.`,
  reason: "Why?",
  optional: "optional",
  reasonHint: (name: string) => `${name} sees this.`,
  remove: "Remove from room",
};

export interface RemoveDialogProps {
  person: Participant;
  roomName: string;
  busy: boolean;
  error?: string | null;
  onRemove: (reason: string) => void;
  onClose: () => void;
}

export function RemoveDialog({ person, roomName, busy, error, onRemove, onClose }: RemoveDialogProps) {
  const [reason, setReason] = useState("");
  const name = shortName(person.display_name);
  return (
    <ConfirmDialog
      open
      title={words.title(person.display_name, roomName)}
      confirmLabel={words.remove}
      busy={busy}
      error={error ?? null}
      onConfirm={() => onRemove(reason.trim())}
      onClose={onClose}
    >
      <p>{words.text(name)}</p>
      <TextArea
        label={words.reason}
        aside={words.optional}
        rows={2}
        maxLength={SIZES.reason}
        value={reason}
        onChange={setReason}
        disabled={busy}
        hint={{ text: words.reasonHint(name) }}
      />
    </ConfirmDialog>
  );
}
