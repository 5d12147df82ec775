// The people of the open room.
import type { Me, Participant } from "@homeroom/protocol";
import { UserMinus } from "lucide-react";
import { MembersPanel } from "../../features/rooms/members-panel.tsx";
import { isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useApp } from "../store.ts";
import { useNow } from "../use-now.ts";

const words = { remove: "Remove from room" };

export function MembersContainer(props: { room: RoomState; me: Me; dialogs: Dialogs; onClose: () => void }) {
  const { room, me, dialogs, onClose } = props;
  const online = useApp((state) => state.live.online);
  const now = useNow();
  // A mute that has run out is none.
  const participants = (room.participants ?? []).map((person) =>
    person.muted_until !== null && Date.parse(person.muted_until) <= now ? { ...person, muted_until: null } : person,
  );
  const menuFor = (person: Participant): MenuItem[] => {
    const mayRemove = isModerator(room) && person.id !== me.id && person.room_role !== "host";
    if (!mayRemove) return [];
    const remove = () => dialogs.open({ kind: "remove", room, person });
    return [{ key: "remove", label: words.remove, icon: UserMinus, danger: true, onSelect: remove }];
  };
  return (
    <MembersPanel
      participants={participants}
      me={me.id}
      presenceOf={(id) => (id === me.id || online[id] ? "online" : "offline")}
      menuFor={menuFor}
      onClose={onClose}
    />
  );
}
