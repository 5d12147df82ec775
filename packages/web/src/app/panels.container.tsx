// The side panel of the open room: its people, or those who wait to be let in.
import type { JoinRequest, Me, Participant } from "@homeroom/protocol";
import { UserMinus } from "lucide-react";
import { useState } from "react";
import { pendingOf } from "../features/join-requests/join-requests.state.ts";
import { RequestsPanel } from "../features/join-requests/requests-panel.tsx";
import { MembersPanel } from "../features/rooms/members-panel.tsx";
import { isModerator, type RoomState } from "../features/rooms/rooms.state.ts";
import type { MenuItem } from "../ui/menu.tsx";
import { decide } from "./actions/rooms.ts";
import { complain } from "./core.ts";
import type { Dialogs } from "./dialogs.tsx";
import { useApp, useAppShallow, useClient } from "./store.ts";
import { useNow } from "./use-now.ts";

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

export function RequestsContainer({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const client = useClient();
  const requests = useAppShallow((state) => pendingOf(state.requests, room.id));
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const run = async (request: JoinRequest, verdict: "approve" | "decline", reason = "") => {
    setBusy((ids) => new Set(ids).add(request.id));
    try {
      await decide(client, request, verdict, reason);
    } catch (error) {
      complain(client, error);
    } finally {
      setBusy((ids) => new Set([...ids].filter((id) => id !== request.id)));
    }
  };
  return (
    <RequestsPanel
      requests={[...requests]}
      taken={room.participant_count}
      max={room.max_participants}
      busy={busy}
      onApprove={(request) => void run(request, "approve")}
      onDecline={(request, reason) => void run(request, "decline", reason.trim())}
      onClose={onClose}
    />
  );
}
