// The menu of the open room: what this person may do with it, and what happens then.
import type { Me } from "@homeroom/protocol";
import { heirsOf } from "../../features/rooms/members.ts";
import { type RoomChoice, roomMenu } from "../../features/rooms/room-menu.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import { changeRoom, setQuiet } from "../actions/members.ts";
import { addToast, complain } from "../core.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useClient } from "../store.ts";

const words = {
  reopened: (room: string) => `${room} is open again.`,
  quiet: (room: string) => `${room} is muted for you: no notifications, no counts.`,
  unquiet: (room: string) => `${room} notifies you again.`,
};

export function useRoomMenu(room: RoomState, me: Me, dialogs: Dialogs): MenuItem[] {
  const client = useClient();
  const run = async (work: Promise<void>, said: string) => {
    try {
      await work;
      addToast(client, { tone: "done", text: said });
    } catch (error) {
      complain(client, error);
    }
  };
  const choose = (choice: RoomChoice): void => {
    switch (choice) {
      case "reopen":
        return void run(changeRoom(client, room.id, { is_active: true }), words.reopened(room.name));
      case "quiet":
      case "unquiet": {
        const said = choice === "quiet" ? words.quiet : words.unquiet;
        return void run(setQuiet(client, room.id, choice === "quiet"), said(room.name));
      }
      case "leave":
        return dialogs.open({ kind: room.my_role === "host" ? "host-leaves" : "leave", room });
      case "delete":
        return dialogs.open({ kind: "delete-room", room });
      case "edit":
        return dialogs.open({ kind: "edit-room", room });
      default:
        return dialogs.open({ kind: choice, room });
    }
  };
  const heirs = heirsOf(room.participants, me.id);
  return roomMenu({ room, isStaff: me.role !== "student", heirs, onChoose: choose });
}
