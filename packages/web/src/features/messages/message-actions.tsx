// What can be done with a message: a bar that floats over it, and the same as a sheet after a long press.
import { Copy, Ellipsis, type LucideIcon, Pencil, Reply, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";

const words = {
  toolbar: "Message actions",
  more: "More actions",
  reply: "Reply with quote",
  edit: "Edit",
  copy: "Copy text",
  remove: "Delete",
};

export interface MessageAction {
  key: string;
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  /** In the sheet only, to keep the bar short. */
  sheetOnly?: boolean;
  run: () => void;
}

export interface MessageActionOptions {
  onReply?: () => void;
  onEdit?: () => void;
  onCopy?: () => void;
  onDelete?: () => void;
  /** Actions of other features (reactions, threads, private replies). */
  extra?: MessageAction[];
}

/** What one may not do is absent, not grey. */
export function messageActions({ onReply, onEdit, onCopy, onDelete, extra = [] }: MessageActionOptions) {
  const actions: MessageAction[] = [];
  if (onReply) actions.push({ key: "reply", label: words.reply, icon: Reply, run: onReply });
  actions.push(...extra);
  if (onEdit) actions.push({ key: "edit", label: words.edit, icon: Pencil, run: onEdit });
  if (onCopy) actions.push({ key: "copy", label: words.copy, icon: Copy, sheetOnly: true, run: onCopy });
  if (onDelete) actions.push({ key: "delete", label: words.remove, icon: Trash2, danger: true, run: onDelete });
  return actions;
}

/** Left and Right move within the bar; Esc goes back to the message. */
function moveInBar(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (event.key === "Escape") event.currentTarget.closest<HTMLElement>("[data-message]")?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Reached with Enter from the message, so that the list stays one tab stop. */
export function MessageToolbar({ actions }: { actions: MessageAction[] }) {
  const shown = actions.filter((action) => !action.sheetOnly);
  if (shown.length === 0) return null;
  return (
    <div className="hr-tools" role="toolbar" aria-label={words.toolbar} tabIndex={-1} onKeyDown={moveInBar}>
      {shown.map((action) => (
        <IconButton
          key={action.key}
          label={action.label}
          icon={action.icon}
          iconSize={18}
          tabIndex={-1}
          onClick={action.run}
        />
      ))}
    </div>
  );
}

export interface MessageSheetProps {
  open: boolean;
  title: string;
  actions: MessageAction[];
  onOpen: () => void;
  onClose: () => void;
}

export function MessageSheet({ open, title, actions, onOpen, onClose }: MessageSheetProps) {
  const [chosen, setChosen] = useState<MessageAction | null>(null);
  if (actions.length === 0) return null;
  const choose = (action: MessageAction) => {
    setChosen(action);
    onClose();
  };
  // only when the sheet has gone may the action move the focus elsewhere
  const run = () => {
    chosen?.run();
    setChosen(null);
  };
  return (
    <>
      <IconButton label={words.more} icon={Ellipsis} className="hr-tools-more" tabIndex={-1} onClick={onOpen} />
      {(open || chosen) && (
        <Modal open={open} title={title} onClose={onClose} onExited={run}>
          <div className="hr-tools-sheet">
            {actions.map((action) => (
              <button
                key={action.key}
                type="button"
                className={action.danger ? "is-danger" : undefined}
                onClick={() => choose(action)}
              >
                <Icon icon={action.icon} />
                {action.label}
              </button>
            ))}
          </div>
        </Modal>
      )}
    </>
  );
}
