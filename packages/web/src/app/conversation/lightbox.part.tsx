// The pictures of a message, large: a part of its own, and on a phone "back" leaves it.
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { LightboxProps } from "../../features/attachments/lightbox.tsx";
import { addToast } from "../core.ts";
import { part, PartBoundary } from "../part.tsx";
import { useClient } from "../store.ts";

const words = { failed: "This could not be opened. Check the connection and try again." };

const Lightbox = part(() => import("../../features/attachments/lightbox.tsx").then((file) => file.Lightbox));

/** While it is open there is one step more to go back, which closes it. */
function useBack(close: () => void): void {
  const now = useRef(close);
  useEffect(() => {
    now.current = close;
  });
  useEffect(() => {
    const mark = { ...(history.state as object | null), isLightbox: true };
    history.pushState(mark, "");
    const onBack = () => now.current();
    window.addEventListener("popstate", onBack);
    return () => {
      window.removeEventListener("popstate", onBack);
      const state: unknown = history.state;
      if (typeof state === "object" && state !== null && "isLightbox" in state) history.back();
    };
  }, []);
}

export type LightboxContainerProps = Pick<LightboxProps, "pictures" | "startId" | "previewOf"> & {
  /** It has closed, and the focus is back. */
  onGone: () => void;
};

function LightboxView({ onGone, ...rest }: LightboxContainerProps) {
  const [open, setOpen] = useState(true);
  const close = useCallback(() => setOpen(false), []);
  useBack(close);
  return <Lightbox {...rest} open={open} onClose={close} onExited={onGone} />;
}

export function LightboxContainer(props: LightboxContainerProps): ReactNode {
  const client = useClient();
  const failed = () => {
    addToast(client, { tone: "error", text: words.failed });
    props.onGone();
  };
  return (
    <PartBoundary failed={null} onFailed={failed}>
      <LightboxView {...props} />
    </PartBoundary>
  );
}
