// Asks before something that cannot be undone: says what goes, names it, and focuses the safe button first.
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import { Modal } from "./modal.tsx";

const words = { cancel: "Cancel" };

export interface ConfirmDialogProps {
  open: boolean;
  /** The question, with the name of what it is about. */
  title: string;
  /** The verb on the dangerous button. */
  confirmLabel: string;
  busy?: boolean;
  /** A sentence, when the attempt failed. */
  error?: string | null;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, confirmLabel, busy = false, error, onConfirm, onClose, children } = props;
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) safe.current?.focus();
  }, [open]);
  const footer = (
    <>
      <Button ref={safe} variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button variant="danger" busy={busy} onClick={onConfirm}>
        {confirmLabel}
      </Button>
    </>
  );
  return (
    <Modal open={open} title={title} onClose={onClose} footer={footer}>
      {children}
      {error && (
        <div className="hr-field-error" role="alert">
          {error}
        </div>
      )}
    </Modal>
  );
}
