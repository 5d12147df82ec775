// Dialogs: focus goes in and stays, Esc closes, focus returns; the page behind is inert while one is open.
import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect } from "react";
import BootstrapModal from "react-bootstrap/Modal";
import { IconButton } from "./button.tsx";

const words = { close: "Close" };

let open = 0;

/** Bootstrap hides nothing from assistive technology behind a dialog, so the page's root is made inert here. */
function useInertPage(active: boolean): void {
  useLayoutEffect(() => {
    const root = document.getElementById("root");
    if (!active || !root) return;
    open += 1;
    root.inert = true;
    return () => {
      open -= 1;
      if (open === 0) root.inert = false;
    };
  }, [active]);
}

export interface ModalProps {
  open: boolean;
  title: string;
  sub?: ReactNode;
  /** Called by Esc, the close button and a click beside the dialog. */
  onClose: () => void;
  /** Buttons at the bottom, the safe one first. */
  footer?: ReactNode;
  /** Called when the dialog has gone and the focus is back. */
  onExited?: () => void;
  children: ReactNode;
}

export function Modal({ open: show, title, sub, onClose, footer, onExited, children }: ModalProps) {
  const id = useId();
  useInertPage(show);
  return (
    <BootstrapModal show={show} onHide={onClose} onExited={onExited} aria-labelledby={id} className="hr-modal" centered>
      <div className="modal-header">
        <div>
          <h2 id={id} className="modal-title">
            {title}
          </h2>
          {sub && <div className="modal-sub">{sub}</div>}
        </div>
        <IconButton label={words.close} icon={X} onClick={onClose} />
      </div>
      <div className="modal-body">{children}</div>
      {footer && <div className="modal-footer">{footer}</div>}
    </BootstrapModal>
  );
}
