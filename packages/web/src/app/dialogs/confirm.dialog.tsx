// A question before something is undone or lost: who leaves, what is deleted, who is removed.
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { deleteMessage } from "../actions/messages.ts";
import { changeRoom } from "../actions/members.ts";
import { deleteRoom, leave } from "../actions/rooms.ts";
import type { Core } from "../core.ts";
import { goTo } from "../router.ts";
import { useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";
import type { Confirm } from "./dialogs.ts";

interface Question {
  title: string;
  text: string;
  verb: string;
  run: (core: Core) => Promise<void>;
}

function questionOf(dialog: Confirm): Question {
  switch (dialog.kind) {
    case "leave":
      return {
        title: `Leave ${dialog.room.name}?`,
        text: dialog.room.public
          ? "You can join again at any time. What you wrote stays."
          : "To come back you have to ask again. What you wrote stays.",
        verb: "Leave room",
        run: (core) => leave(core, dialog.room.id),
      };
    case "delete-room":
      return {
        title: `Delete room ${dialog.room.name}?`,
        text: "Nobody can open it any more, you neither.",
        verb: "Delete room",
        run: (core) => deleteRoom(core, dialog.room.id),
      };
    case "delete-message":
      return {
        title: "Delete this message?",
        text: `“${dialog.message.content.slice(0, 120) || fileWords(dialog.message.attachments)}” It disappears for everybody. Its place stays.`,
        verb: "Delete",
        run: (core) => deleteMessage(core, dialog.message),
      };
    case "archive":
      return {
        title: `Archive ${dialog.room.name}?`,
        text: "Everybody in it can still read, and nobody can write. It is not listed any more. You can open it again.",
        verb: "Archive room",
        run: (core) => changeRoom(core, dialog.room.id, { is_active: false }),
      };
  }
}

export function AskFirstDialog({ dialog, onClose }: { dialog: Confirm; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const question = questionOf(dialog);
  const confirm = async () => {
    const isDone = await submit.run(() => question.run(client));
    if (!isDone) return;
    onClose();
    if (dialog.kind === "leave" || dialog.kind === "delete-room") goTo({ name: "rooms" }, { replace: true });
  };
  return (
    <ConfirmDialog
      open
      title={question.title}
      confirmLabel={question.verb}
      busy={submit.busy}
      error={submit.errors?.form ?? null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{question.text}</p>
    </ConfirmDialog>
  );
}
