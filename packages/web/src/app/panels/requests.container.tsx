// Those who wait to be let into the open room.
import type { JoinRequest } from "@homeroom/protocol";
import { useState } from "react";
import { pendingOf } from "../../features/join-requests/join-requests.state.ts";
import { RequestsPanel } from "../../features/join-requests/requests-panel.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { decide } from "../actions/rooms.ts";
import { complain } from "../core.ts";
import { useAppShallow, useClient } from "../store.ts";

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
