// The dialogs over the chat: one at a time, opened from anywhere below, drawn here.
import { useRef } from "react";
import type { MessageItem } from "../features/messages/timeline.state.ts";
import type { Participant } from "@homeroom/protocol";
import { AskToJoinDialog } from "../features/rooms/ask-to-join-dialog.tsx";
import { CreateRoomForm, type CreateRoomValues } from "../features/rooms/create-room-form.tsx";
import type { RoomState } from "../features/rooms/rooms.state.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { AccountContainer } from "./account.container.tsx";
import { deleteMessage } from "./actions/messages.ts";
import { askToJoin, createRoom, deleteRoom, leave, removeMember } from "./actions/rooms.ts";
import { addToast, type Core } from "./core.ts";
import { goTo } from "./router.ts";
import { useClient } from "./store.ts";
import { useSubmit } from "./use-submit.ts";

export type Dialog =
  | { kind: "create" }
  | { kind: "account" }
  | { kind: "ask"; room: RoomState }
  | { kind: "leave"; room: RoomState }
  | { kind: "delete-room"; room: RoomState }
  | { kind: "delete-message"; message: MessageItem }
  | { kind: "remove"; room: RoomState; person: Participant };

export interface Dialogs {
  open: (dialog: Dialog) => void;
}

type Confirm = Exclude<Dialog, { kind: "create" | "account" | "ask" }>;

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
        text: `“${dialog.message.content.slice(0, 120)}” It disappears for everybody. Its place stays.`,
        verb: "Delete",
        run: (core) => deleteMessage(core, dialog.message),
      };
    case "remove":
      return {
        title: `Remove ${dialog.person.display_name} from ${dialog.room.name}?`,
        text: "They see it at once. They can ask to come back.",
        verb: "Remove",
        run: (core) => removeMember(core, dialog.room.id, dialog.person.id, ""),
      };
  }
}

function ConfirmContainer({ dialog, onClose }: { dialog: Confirm; onClose: () => void }) {
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

/** The same words again are the same room: a second click, or a repeat after a silence, makes no second one. */
function useKeyFor() {
  const client = useClient();
  const last = useRef({ body: "", key: "" });
  return (values: object) => {
    const body = JSON.stringify(values);
    if (last.current.body !== body) last.current = { body, key: client.randomId() };
    return last.current.key;
  };
}

function CreateContainer({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const keyFor = useKeyFor();
  const create = async (values: CreateRoomValues) => {
    const room = await createRoom(client, values, keyFor(values));
    onClose();
    goTo({ name: "room", id: room.id });
  };
  return (
    <CreateRoomForm
      open
      busy={submit.busy}
      error={submit.errors?.form ?? null}
      fieldErrors={submit.errors?.fields}
      onSubmit={(values) => void submit.run(() => create(values))}
      onClose={onClose}
    />
  );
}

function AskContainer({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const ask = async (note: string) => {
    const isSent = await submit.run(() => askToJoin(client, room.id, note));
    if (!isSent) return;
    onClose();
    addToast(client, { tone: "done", text: `You asked to join ${room.name}. ${room.host.display_name} was told.` });
  };
  return (
    <AskToJoinDialog
      room={room}
      busy={submit.busy}
      error={submit.errors?.form ?? submit.errors?.fields?.note?.join(" ") ?? null}
      onSend={(note) => void ask(note)}
      onClose={onClose}
    />
  );
}

export function DialogsContainer({ dialog, onClose }: { dialog: Dialog | null; onClose: () => void }) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "create":
      return <CreateContainer onClose={onClose} />;
    case "account":
      return <AccountContainer onClose={onClose} />;
    case "ask":
      return <AskContainer room={dialog.room} onClose={onClose} />;
    default:
      return dialog && <ConfirmContainer key={dialog.kind} dialog={dialog} onClose={onClose} />;
  }
}
