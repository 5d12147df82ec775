// What is pinned to the room, one at a time: a click goes there, the next click to the next one.
import { Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { MentionOf } from "./mentioned.ts";
import { plainLine } from "./text-format.ts";

const words = {
  pinned: "Pinned",
  by: (name: string) => `Pinned message of ${name}`,
  count: (at: number, all: number) => `${at} of ${all} pinned`,
  unpin: "Unpin",
};

export interface PinnedItem {
  id: number;
  author: string;
  /** Its words, or the beginning of them. */
  excerpt: string;
}

export interface PinnedBarProps {
  /** The newest first. */
  pins: readonly PinnedItem[];
  mentionOf?: MentionOf | undefined;
  onJump: (id: number) => void;
  /** For hosts. */
  onUnpin?: ((id: number) => void) | undefined;
}

export function PinnedBar({ pins, mentionOf, onJump, onUnpin }: PinnedBarProps) {
  const [at, setAt] = useState(0);
  const [isVisited, setVisited] = useState(false);
  const index = Math.min(at, pins.length - 1);
  const pin = pins[index];
  if (!pin) return null;
  const visit = () => {
    const next = isVisited ? (index + 1) % pins.length : index;
    const target = pins[next];
    setAt(next);
    setVisited(true);
    if (target) onJump(target.id);
  };
  const unpin = () => {
    setVisited(false);
    onUnpin?.(pin.id);
  };
  return (
    <section className="hr-pinbar" aria-label={words.pinned}>
      <button type="button" className="hr-pinbar-go" title={words.by(pin.author)} onClick={visit}>
        <Icon icon={Pin} size={16} />
        <span className="hr-ell">
          <b>
            <bdi>{pin.author}</bdi>
          </b>{" "}
          <bdi>{plainLine(pin.excerpt, mentionOf)}</bdi>
        </span>
        {pins.length > 1 && <span className="hr-pinbar-count hr-num">{words.count(index + 1, pins.length)}</span>}
      </button>
      {onUnpin && <IconButton label={words.unpin} icon={PinOff} iconSize={16} size="sm" onClick={unpin} />}
    </section>
  );
}
