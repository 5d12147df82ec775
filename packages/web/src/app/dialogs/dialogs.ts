// What can be asked in a dialog over the chat, and the one handle by which any place below opens one.
import type { Participant } from "@homeroom/protocol";
import type { MessageItem } from "../../features/messages/timeline.state.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";

export type Dialog =
  | { kind: "create" }
  | { kind: "switcher" }
  | { kind: "shortcuts" }
  | { kind: "ask"; room: RoomState }
  | { kind: "class-code"; code?: string }
  | { kind: "edit-room" | "invite" | "host-leaves"; room: RoomState }
  | { kind: "hand-over"; room: RoomState; heir?: Participant }
  | { kind: "mute" | "remove"; room: RoomState; person: Participant }
  | Confirm;

/** Those that only want a yes. */
export type Confirm =
  | { kind: "leave" | "archive" | "delete-room"; room: RoomState }
  | { kind: "delete-message"; message: MessageItem };

export interface Dialogs {
  open: (dialog: Dialog) => void;
}
