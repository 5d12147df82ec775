// The end of a form about a room: to send it off, and to be asked once before what was typed is lost.
import { Button } from "../../ui/button.tsx";

const words = { cancel: "Cancel", discard: "Close anyway" };

export interface RoomFormFooterProps {
  /** Closing was tried with something in the fields. */
  asking: boolean;
  busy: boolean;
  /** The id of the form. */
  form: string;
  submit: string;
  /** What would be lost. */
  sure: string;
  keep: string;
  onKeep: () => void;
  onClose: () => void;
  onDiscard: () => void;
}

export function RoomFormFooter(props: RoomFormFooterProps) {
  const { asking, busy, form, submit, sure, keep, onKeep, onClose, onDiscard } = props;
  if (asking) {
    return (
      <>
        <span className="hr-grow hr-small" role="alert">
          {sure}
        </span>
        <Button variant="light" onClick={onDiscard}>
          {words.discard}
        </Button>
        <Button variant="primary" onClick={onKeep}>
          {keep}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="submit" form={form} variant="primary" busy={busy}>
        {submit}
      </Button>
    </>
  );
}
