// Dialogs: focus goes in and stays, Esc closes, focus returns; the page behind is inert while one is open.
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useCallback, useEffect, useId, useLayoutEffect, useRef } from "react";
import BootstrapModal from "react-bootstrap/Modal";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import "../styles/bootstrap-modal.scss";
import "../styles/modal.css";

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

/**
 * Remembers what had the focus when the dialog opened; the answer gives it back. Bootstrap would do so while the page
 * is still inert, and in vain. Must be called before `useInertPage`, which takes the focus away.
 */
function useFocusBack(active: boolean): () => void {
  const opener = useRef<HTMLElement>(null);
  const around = useRef<Element>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const back = useCallback(() => {
    const heading = around.current?.querySelector<HTMLElement>("h2, h1");
    if (opener.current?.isConnected) opener.current.focus();
    else if (opener.current && heading) {
      // What was done in the dialog has taken its opener away: the focus stays where that stood.
      heading.tabIndex = -1;
      heading.focus();
    }
    opener.current = null;
  }, []);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (active && !opener.current && focused instanceof HTMLElement && focused !== document.body) {
      // a menu has closed by then, and the focus is back on its button
      around.current = focused.closest("aside, main");
      opener.current = focused;
    }
  }, [active]);
  useEffect(() => {
    clearTimeout(leaving.current);
    // taken away without fading out
    return () => {
      leaving.current = setTimeout(back);
    };
  }, [back]);
  return back;
}

const focusable =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";
const fields = "input:not(:disabled), select:not(:disabled), textarea:not(:disabled)";

/** A tick box that is not the chosen one of its group cannot be reached with Tab, so it is no end of the ring. */
function reachable(frame: HTMLElement | null): HTMLElement[] {
  const all = [...(frame?.querySelectorAll<HTMLElement>(focusable) ?? [])];
  return all.filter(
    (element) => !(element instanceof HTMLInputElement && element.type === "radio" && !element.checked),
  );
}

/** Stands before or after the dialog's content; whoever tabs onto it goes round to the other end. */
function Turn({ frame, to }: { frame: RefObject<HTMLElement | null>; to: "first" | "last" }) {
  const turn = () =>
    reachable(frame.current)
      .at(to === "first" ? 0 : -1)
      ?.focus();
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-aria-hidden-on-focusable -- it exists to be tabbed onto
  return <span tabIndex={0} onFocus={turn} aria-hidden="true" data-turn="" />;
}

/** Mounted with the content: the first field takes the focus, unless something in the dialog has taken it. */
function FirstFocus({ frame }: { frame: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    if (!frame.current?.contains(document.activeElement)) frame.current?.querySelector<HTMLElement>(fields)?.focus();
  }, [frame]);
  return null;
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
  /** No bar and no body: the title is only said, and what is in it draws all. */
  bare?: boolean;
  className?: string;
  children: ReactNode;
}

function Sheet({ id, title, sub, onClose, footer, children }: Omit<ModalProps, "open"> & { id: string }) {
  return (
    <>
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
    </>
  );
}

function Bare({ id, title, children }: Pick<ModalProps, "title" | "children"> & { id: string }) {
  return (
    <>
      <h2 id={id} className="hr-vh">
        {title}
      </h2>
      {children}
    </>
  );
}

export function Modal(props: ModalProps) {
  const { open: show, onClose, onExited, bare = false, className } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const focusBack = useFocusBack(show);
  useInertPage(show);
  const exited = () => {
    focusBack();
    onExited?.();
  };
  return (
    <BootstrapModal
      show={show}
      onHide={onClose}
      onExited={exited}
      restoreFocus={false}
      aria-labelledby={id}
      className={classNames("hr-modal", className)}
      centered
    >
      <Turn frame={frame} to="last" />
      <div ref={frame}>
        {bare ? <Bare id={id} {...props} /> : <Sheet id={id} {...props} />}
        <FirstFocus frame={frame} />
      </div>
      <Turn frame={frame} to="first" />
    </BootstrapModal>
  );
}
