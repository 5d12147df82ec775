// The pictures of a message. Their places stand before they have come; more than four are behind the fourth.
import type { Attachment } from "@homeroom/protocol";
import { ImageOff, ShieldAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { shownName } from "./file-types.ts";
import { boxOf, sourcesOf } from "./picture-box.ts";

const words = {
  open: (name: string, more: number) => (more > 0 ? `${name}, and ${more} more` : name),
  checking: "Being checked",
  infected: "Blocked: the virus check found something",
  unreadable: "This picture is broken",
  failed: "This picture did not come.",
  retry: "Try again",
};

export interface PictureGridProps {
  pictures: readonly Attachment[];
  /** A picture of mine as this device has it: it is shown until the server's is there. */
  previewOf?: ((id: string) => string | undefined) | undefined;
  onOpen: (id: string) => void;
}

const SHOWN = 4;

function Blocked({ picture }: { picture: Attachment }) {
  return (
    <span className="hr-picture is-blocked" title={shownName(picture.name)}>
      <Icon icon={ShieldAlert} />
      <span>{problemOf(picture)}</span>
    </span>
  );
}

const problemOf = ({ problem }: Attachment) => (problem === "infected" ? words.infected : words.unreadable);

function Placeholder({ picture }: { picture: Attachment }) {
  return picture.placeholder && <img className="hr-picture-blur" src={picture.placeholder} alt="" draggable={false} />;
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <span className="hr-picture is-failed">
      <Icon icon={ImageOff} />
      <span>{words.failed}</span>
      <Button variant="link" onClick={onRetry}>
        {words.retry}
      </Button>
    </span>
  );
}

const Checking = () => (
  <span className="hr-picture-note">
    <Spinner />
    {words.checking}
  </span>
);

interface PictureProps {
  picture: Attachment;
  preview: string | undefined;
  /** Pictures that are not shown, after this one. */
  more: number;
  onOpen: () => void;
}

function Picture({ picture, preview, more, onOpen }: PictureProps) {
  const [hasFailed, setFailed] = useState(false);
  const { state, width, height } = picture;
  if (state === "quarantined") return <Blocked picture={picture} />;
  if (state === "scanning" && !preview) {
    return (
      <span className="hr-picture is-checking">
        <Placeholder picture={picture} />
        <Checking />
      </span>
    );
  }
  if (hasFailed) return <Failed onRetry={() => setFailed(false)} />;
  const isOwn = state === "scanning";
  return (
    <button type="button" className="hr-picture" title={shownName(picture.name)} onClick={onOpen}>
      <Placeholder picture={picture} />
      <img
        // what is on this device is there at once; the server's picture takes its place without a gap
        key={isOwn ? "own" : "stored"}
        {...(isOwn ? { src: preview } : { ...sourcesOf(picture), sizes: "(max-width: 480px) 100vw, 452px" })}
        style={!isOwn && preview ? { backgroundImage: `url("${preview}")` } : undefined}
        {...(width && height && { width, height })}
        alt={words.open(shownName(picture.name), more)}
        loading={isOwn ? "eager" : "lazy"}
        decoding="async"
        draggable={false}
        onError={() => setFailed(true)}
      />
      {isOwn && <Checking />}
      {more > 0 && (
        <span className="hr-picture-more hr-num" aria-hidden="true">
          +{more}
        </span>
      )}
    </button>
  );
}

export function PictureGrid({ pictures, previewOf, onOpen }: PictureGridProps) {
  const shown = pictures.slice(0, SHOWN);
  const [first] = shown;
  if (!first) return null;
  const box = boxOf(first);
  const style = shown.length === 1 ? { width: box.width, aspectRatio: `${box.width} / ${box.height}` } : undefined;
  return (
    <div className={classNames("hr-pictures", `is-${shown.length}`)} style={style}>
      {shown.map((picture, index) => (
        <Picture
          key={picture.id}
          picture={picture}
          preview={previewOf?.(picture.id)}
          more={index === SHOWN - 1 ? pictures.length - SHOWN : 0}
          onOpen={() => onOpen(picture.id)}
        />
      ))}
    </div>
  );
}
