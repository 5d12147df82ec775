// Handing a room over to another teacher in it, and what a host is told who wants to leave.
import type { Participant } from "@homeroom/protocol";
import { type FormEvent, useId, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import "../../styles/create-room.css";

const words = {
  title: (room: string) => `Hand over ${room}`,
  text: "The new host can change and delete the room. You stay in it as a cohost, and may leave it then.",
  whom: "Who leads the room from now on?",
  none: "There is no other teacher in this room. Invite one first.",
  cancel: "Cancel",
  handOver: "Hand over",
  leaveTitle: (room: string) => `You lead ${room}`,
  leaveText: "A room needs a host. Hand it over to another teacher first, then you can leave it.",
  leaveAlone:
    "A room needs a host, and there is no other teacher in this one. Invite one and hand the room over, or delete it.",
  toHandOver: "Hand the room over",
  toDelete: "Delete room",
  stay: "Stay",
};

export interface HandOverDialogProps {
  roomName: string;
  /** Teachers and admins of the room but the host. */
  heirs: readonly Participant[];
  /** Whom the menu was opened on. */
  chosen?: number | undefined;
  busy: boolean;
  error?: string | null;
  onHandOver: (heir: Participant) => void;
  onClose: () => void;
}

interface PickProps {
  heirs: readonly Participant[];
  chosen: number | undefined;
  onChoose: (id: number) => void;
}

function HeirPick({ heirs, chosen, onChoose }: PickProps) {
  const group = useId();
  return (
    <fieldset className="hr-pick hr-heirs">
      <legend>{words.whom}</legend>
      {heirs.map((heir) => (
        <label key={heir.id} className={classNames("hr-opt", heir.id === chosen && "is-on")}>
          <Avatar id={heir.id} name={heir.display_name} staff size={32} />
          <span className="hr-grow">
            <b>{heir.display_name}</b>
            <small>{heir.username}</small>
          </span>
          <input
            type="radio"
            className="form-check-input"
            name={group}
            checked={heir.id === chosen}
            onChange={() => onChoose(heir.id)}
          />
        </label>
      ))}
    </fieldset>
  );
}

export function HandOverDialog({ roomName, heirs, busy, error, onHandOver, onClose, ...props }: HandOverDialogProps) {
  const id = useId();
  const [picked, setPicked] = useState(props.chosen ?? heirs[0]?.id);
  // Whoever was chosen may have left meanwhile.
  const heir = heirs.find((one) => one.id === picked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (heir && !busy) onHandOver(heir);
  };
  const footer = (
    <>
      <Button variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="submit" form={id} variant="primary" busy={busy} disabled={!heir}>
        {words.handOver}
      </Button>
    </>
  );
  return (
    <Modal open title={words.title(roomName)} sub={words.text} onClose={onClose} footer={footer}>
      <form id={id} onSubmit={submit}>
        <FormError text={error} />
        {heirs.length > 0 ? <HeirPick heirs={heirs} chosen={heir?.id} onChoose={setPicked} /> : <p>{words.none}</p>}
      </form>
    </Modal>
  );
}

export interface HostLeavesDialogProps {
  roomName: string;
  mayHandOver: boolean;
  onHandOver: () => void;
  onDelete: () => void;
  onClose: () => void;
}

export function HostLeavesDialog({ roomName, mayHandOver, onHandOver, onDelete, onClose }: HostLeavesDialogProps) {
  const footer = (
    <>
      <Button variant="light" onClick={onClose}>
        {words.stay}
      </Button>
      <Button variant="outline-danger" onClick={onDelete}>
        {words.toDelete}
      </Button>
      {mayHandOver && (
        <Button variant="primary" onClick={onHandOver}>
          {words.toHandOver}
        </Button>
      )}
    </>
  );
  return (
    <Modal open title={words.leaveTitle(roomName)} onClose={onClose} footer={footer}>
      <p>{mayHandOver ? words.leaveText : words.leaveAlone}</p>
    </Modal>
  );
}
