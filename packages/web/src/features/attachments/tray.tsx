// The files that go with the next message, above its words: what they are, how far they are, and what went wrong.
import { AudioLines, FileText, Image, RotateCw, ShieldAlert, X } from "lucide-react";
import { useRef, useState } from "react";
import { Announcer } from "../../ui/announcer.tsx";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { FileName } from "./file-name.tsx";
import { shownName, sizeText } from "./file-types.ts";
import { newsOf, standingOf, type Upload } from "./upload.state.ts";
import "../../styles/tray.css";

const words = {
  tray: "Files to send",
  waiting: "Waits for its turn",
  checking: "Being checked",
  infected: "Blocked: the virus check found something",
  unreadable: "Broken, or not what it seems to be",
  progress: (name: string) => `Upload of ${name}`,
  partOf: (percent: number, size: string) => `${percent} % of ${size}`,
  remove: (name: string) => `Remove ${name}`,
  cancel: (name: string) => `Cancel ${name}`,
  retry: (name: string) => `Retry ${name}`,
};

const icons = { image: Image, document: FileText, voice: AudioLines };

export interface TrayProps {
  uploads: readonly Upload[];
  /** Takes it away, wherever it is by now. */
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
  /** The last one was taken away by its button: the focus has to go somewhere. */
  onEmptied?: () => void;
}

/** 0 to 100; 100 only when the server has it. */
const percentOf = ({ sent, size }: Upload) => Math.min(99, Math.floor((sent / Math.max(1, size)) * 100));

function detailOf(upload: Upload): string {
  switch (standingOf(upload)) {
    case "waiting":
      return words.waiting;
    case "uploading":
      return words.partOf(percentOf(upload), sizeText(upload.size));
    case "failed":
      return upload.failure?.reason ?? "";
    case "blocked":
      return upload.attachment?.problem === "infected" ? words.infected : words.unreadable;
    case "checking":
      return `${sizeText(upload.size)} · ${words.checking}`;
    case "done":
      return sizeText(upload.size);
  }
}

function Thumb({ upload }: { upload: Upload }) {
  const { attachment, preview, kind } = upload;
  const stored = attachment?.state === "ready" ? (attachment.thumb_url ?? null) : null;
  const [isBroken, setBroken] = useState(false);
  const source = preview ?? stored;
  const isBlocked = attachment?.state === "quarantined";
  return (
    <span className="hr-upload-thumb">
      {source && !isBroken && !isBlocked ? (
        <img src={source} alt="" draggable={false} onError={() => setBroken(true)} />
      ) : (
        <Icon icon={isBlocked ? ShieldAlert : icons[kind]} />
      )}
    </span>
  );
}

function Item({ upload, onRemove, onRetry }: { upload: Upload; onRemove: () => void; onRetry: () => void }) {
  const name = shownName(upload.name);
  const standing = standingOf(upload);
  const isBad = standing === "failed" || standing === "blocked";
  const isUnderWay = standing === "uploading" || standing === "waiting";
  return (
    <li className={classNames("hr-upload", isBad && "is-bad")}>
      <Thumb upload={upload} />
      <span className="hr-upload-text">
        <FileName name={upload.name} />
        <span className={classNames("hr-upload-detail hr-num", !isBad && "hr-ell")}>{detailOf(upload)}</span>
        {isUnderWay && (
          <progress className="hr-bar" aria-label={words.progress(name)} max={100} value={percentOf(upload)} />
        )}
      </span>
      <span className="hr-upload-acts">
        {upload.failure?.canRetry && (
          <IconButton label={words.retry(name)} icon={RotateCw} size="xs" onClick={onRetry} />
        )}
        <IconButton
          label={isUnderWay ? words.cancel(name) : words.remove(name)}
          icon={X}
          size="xs"
          data-remove=""
          onClick={onRemove}
        />
      </span>
    </li>
  );
}

/** Read out: what has arrived and what has not, one sentence at a time. */
function useNews(uploads: readonly Upload[]): string {
  const [seen, setSeen] = useState({ uploads, news: "" });
  if (seen.uploads === uploads) return seen.news;
  const news = newsOf(seen.uploads, uploads) || seen.news;
  setSeen({ uploads, news });
  return news;
}

export function Tray({ uploads, onRemove, onRetry, onEmptied }: TrayProps) {
  const list = useRef<HTMLUListElement>(null);
  const news = useNews(uploads);
  const remove = (key: string, index: number) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [])];
    const next = buttons[index + 1] ?? buttons[index - 1];
    onRemove(key);
    if (next) next.focus();
    else onEmptied?.();
  };
  return (
    <>
      {uploads.length > 0 && (
        <ul ref={list} className="hr-tray" aria-label={words.tray}>
          {uploads.map((upload, index) => (
            <Item
              key={upload.key}
              upload={upload}
              onRemove={() => remove(upload.key, index)}
              onRetry={() => onRetry(upload.key)}
            />
          ))}
        </ul>
      )}
      <Announcer text={news} />
    </>
  );
}
