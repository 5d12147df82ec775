// The actions of a message as a sheet from below, after a long press. Fetched when the first one is opened.
import type { Message } from "@homeroom/protocol";
import { SmilePlus } from "lucide-react";
import { useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import type { MessageAction } from "./message-actions.tsx";
import type { MentionOf } from "./mentioned.ts";
import type { Reacting } from "./message-toolbar.tsx";
import { plainLine } from "./text-format.ts";
import "../../styles/message-sheet.css";

const words = {
  title: (name: string) => `Message of ${name}`,
  react: (emoji: string) => `React ${emoji}`,
  add: "Add reaction",
};

export interface MessageSheetProps {
  open: boolean;
  sender: Message["sender"];
  content: string;
  mentionOf: MentionOf | undefined;
  actions: readonly MessageAction[];
  reacting: Reacting;
  /** What the picker of reactions belongs to once the sheet has gone. */
  anchor: () => HTMLElement | null;
  onClose: () => void;
  /** It has gone, and the focus is back. */
  onGone: () => void;
}

const QUICK = 5;

interface QuickRowProps {
  reacting: Reacting;
  anchor: MessageSheetProps["anchor"];
  onChoose: (run: () => void) => void;
}

function QuickRow({ reacting, anchor, onChoose }: QuickRowProps) {
  const { quick, onReact, onPick } = reacting;
  const pick = () => {
    const row = anchor();
    if (row) onPick?.(row);
  };
  if (!onReact && !onPick) return null;
  return (
    <div className="hr-msg-sheet-quick">
      {onReact &&
        quick.slice(0, QUICK).map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-label={words.react(emoji)}
            onClick={() => onChoose(() => onReact(emoji))}
          >
            {emoji}
          </button>
        ))}
      {onPick && (
        <button type="button" aria-label={words.add} title={words.add} onClick={() => onChoose(pick)}>
          <Icon icon={SmilePlus} size={24} />
        </button>
      )}
    </div>
  );
}

export function MessageSheet(props: MessageSheetProps) {
  const { open, sender, content, mentionOf, actions, reacting, anchor, onClose, onGone } = props;
  const [chosen, setChosen] = useState<(() => void) | null>(null);
  const choose = (run: () => void) => {
    setChosen(() => run);
    onClose();
  };
  // only when the sheet has gone may the action move the focus elsewhere
  const exited = () => {
    onGone();
    chosen?.();
  };
  return (
    <Modal
      open={open}
      title={words.title(sender.display_name)}
      className="hr-msg-sheet"
      onClose={onClose}
      onExited={exited}
    >
      {content && (
        <div className="hr-quote">
          <b className="hr-ell">
            <bdi>{sender.display_name}</bdi>
          </b>
          <span className="hr-ell">
            <bdi>{plainLine(content.slice(0, 280), mentionOf)}</bdi>
          </span>
        </div>
      )}
      <QuickRow reacting={reacting} anchor={anchor} onChoose={choose} />
      <div className="hr-msg-sheet-list">
        {actions.map((action) => (
          <button
            key={action.key}
            type="button"
            className={action.danger ? "is-danger" : undefined}
            onClick={() => choose(action.run)}
          >
            <Icon icon={action.icon} />
            {action.label}
          </button>
        ))}
      </div>
    </Modal>
  );
}
