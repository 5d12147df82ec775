// The pictures of a message, one at a time and as large as the window. Fetched when the first one is opened.
import type { Attachment } from "@homeroom/protocol";
import { ArrowLeft, ArrowRight, Download, ImageOff, X, ZoomIn, ZoomOut } from "lucide-react";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { Announcer } from "../../ui/announcer.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { FileName } from "./file-name.tsx";
import { shownName, sizeText } from "./file-types.ts";
import "../../styles/lightbox.css";

const words = {
  title: "Pictures",
  of: (at: number, all: number) => `${at} of ${all}`,
  close: "Close",
  before: "Picture before",
  after: "Next picture",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  download: (name: string) => `Download ${name}`,
  failed: "This picture did not come.",
  retry: "Try again",
};

export interface LightboxProps {
  open: boolean;
  /** Those that can be seen. */
  pictures: readonly Attachment[];
  /** The one to begin with. */
  startId: string;
  previewOf?: ((id: string) => string | undefined) | undefined;
  onClose: () => void;
  onExited: () => void;
}

/** So far a finger has to go sideways. */
const SWIPE_PX = 48;

/** A finger that goes sideways turns the page. */
function useSwipe(turn: (step: 1 | -1) => void, isOff: boolean) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX: x, clientY: y }: PointerEvent) => {
      start.current = pointerType === "touch" && isPrimary && !isOff ? { x, y } : null;
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      const from = start.current;
      start.current = null;
      if (!from) return;
      const [dx, dy] = [clientX - from.x, clientY - from.y];
      if (Math.abs(dx) < SWIPE_PX || Math.abs(dx) < Math.abs(dy)) return;
      turn(dx < 0 ? 1 : -1);
    },
    onPointerCancel: () => {
      start.current = null;
    },
  };
}

/** Left and right, whatever in the dialog has the focus. */
function useArrows(isOn: boolean, turn: (step: 1 | -1) => void): void {
  const now = useRef(turn);
  useEffect(() => {
    now.current = turn;
  });
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      now.current(step > 0 ? 1 : -1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOn]);
}

interface ViewProps {
  picture: Attachment;
  preview: string | undefined;
  isZoomed: boolean;
  onZoom: () => void;
}

function View({ picture, preview, isZoomed, onZoom }: ViewProps) {
  const [hasFailed, setFailed] = useState(false);
  const { width, height, state, url, thumb_url } = picture;
  if (hasFailed) {
    return (
      <div className="hr-lightbox-view">
        <div className="hr-lightbox-failed">
          <Icon icon={ImageOff} size={24} />
          {words.failed}
          <Button onClick={() => setFailed(false)}>{words.retry}</Button>
        </div>
      </div>
    );
  }
  const before = preview ?? thumb_url;
  return (
    <div className={classNames("hr-lightbox-view", isZoomed && "is-zoomed")}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button above does the same */}
      <img
        src={state === "ready" ? url : preview}
        alt={shownName(picture.name)}
        {...(width && height && { width, height })}
        // what is known already, until all of it is there
        style={before ? { backgroundImage: `url("${before}")` } : undefined}
        draggable={false}
        onClick={onZoom}
        onError={() => setFailed(true)}
      />
    </div>
  );
}

interface BarProps {
  picture: Attachment;
  place: string;
  isZoomed: boolean;
  onZoom: () => void;
  onClose: () => void;
}

function Bar({ picture, place, isZoomed, onZoom, onClose }: BarProps) {
  const name = shownName(picture.name);
  return (
    <div className="hr-lightbox-bar">
      <div className="hr-lightbox-title">
        <FileName name={picture.name} />
        <span className="hr-num">{[place, sizeText(picture.size)].filter(Boolean).join(" · ")}</span>
      </div>
      <IconButton label={isZoomed ? words.zoomOut : words.zoomIn} icon={isZoomed ? ZoomOut : ZoomIn} onClick={onZoom} />
      {picture.state === "ready" && (
        <a
          className="btn btn-light hr-btn-icon"
          href={picture.url}
          download={name}
          aria-label={words.download(name)}
          title={words.download(name)}
        >
          <Icon icon={Download} />
        </a>
      )}
      <IconButton label={words.close} icon={X} onClick={onClose} />
    </div>
  );
}

export function Lightbox({ open, pictures, startId, previewOf, onClose, onExited }: LightboxProps) {
  const [id, setId] = useState(startId);
  const [isZoomed, setZoomed] = useState(false);
  const found = pictures.findIndex((picture) => picture.id === id);
  // one that was taken away while it was looked at leaves its neighbour
  const at = found < 0 ? 0 : found;
  const picture = pictures[at];
  const turn = (step: 1 | -1) => {
    const next = pictures[at + step];
    if (!next) return;
    setZoomed(false);
    setId(next.id);
  };
  const zoom = () => setZoomed(!isZoomed);
  useArrows(open, turn);
  const swipe = useSwipe(turn, isZoomed);
  if (!picture) return null;
  const place = pictures.length > 1 ? words.of(at + 1, pictures.length) : "";
  const step = (to: 1 | -1, label: string) => (
    <IconButton
      label={label}
      icon={to > 0 ? ArrowRight : ArrowLeft}
      className={classNames("hr-lightbox-step", to > 0 ? "is-after" : "is-before")}
      // it keeps its place, and the focus with it, at either end
      aria-disabled={pictures[at + to] === undefined}
      onClick={() => turn(to)}
    />
  );
  return (
    <Modal open={open} bare title={words.title} className="hr-lightbox" onClose={onClose} onExited={onExited}>
      <div className="hr-lightbox-all" data-bs-theme="dark">
        <Bar picture={picture} place={place} isZoomed={isZoomed} onZoom={zoom} onClose={onClose} />
        <div className="hr-lightbox-stage" {...swipe}>
          <View
            key={picture.id}
            picture={picture}
            preview={previewOf?.(picture.id)}
            isZoomed={isZoomed}
            onZoom={zoom}
          />
          {pictures.length > 1 && step(-1, words.before)}
          {pictures.length > 1 && step(1, words.after)}
        </div>
        <Announcer text={place && `${place}: ${shownName(picture.name)}`} />
      </div>
    </Modal>
  );
}
