// Those who wait to be let into the open room.
import type { JoinRequest } from "@homeroom/protocol";
import { useEffect, useState } from "react";
import { hasRequests, pendingOf, sortRequests } from "../../features/join-requests/join-requests.state.ts";
import { RequestsPanel } from "../../features/join-requests/requests-panel.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { isRefusal } from "../../kit/failures.ts";
import { decide, loadRequests, type Verdict } from "../actions/join-requests.ts";
import { addToast, complain } from "../core.ts";
import { useApp, useClient } from "../store.ts";
import { useBackOnline } from "../use-back-online.ts";
import { useNow } from "../use-now.ts";

const words = {
  approved: (name: string) => `${name} is in.`,
  declined: (name: string) => `${name} was declined.`,
  faster: "Another host was faster: this request is decided.",
  full: (done: number, all: number) => `${done} of ${all} are in. Then the room was full.`,
};

/** Midnight, where the reader is. */
const today = (now: number) => new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString();

/** Fetched with what was decided, when the panel opens: the number on the room knows nothing of that. */
function useRequests(room: number) {
  const client = useClient();
  const isKnown = useApp((state) => hasRequests(state.requests, room));
  const [hasFailed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    loadRequests(client, room).catch(() => setFailed(true));
  };
  useEffect(() => {
    loadRequests(client, room).catch(() => setFailed(true));
  }, [client, room]);
  useBackOnline(() => hasFailed && load());
  const status = isKnown ? ("ready" as const) : hasFailed ? ("error" as const) : ("loading" as const);
  return { status, load };
}

/** Those whom this host has seen waiting since the panel opened. */
function useSeen(pending: readonly JoinRequest[]): ReadonlySet<number> {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  if (pending.some((request) => !seen.has(request.id))) setSeen(new Set([...seen, ...pending.map(({ id }) => id)]));
  return seen;
}

function useDeciding() {
  const client = useClient();
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState("");
  const without = (id: number) => setBusy((ids) => new Set([...ids].filter((other) => other !== id)));
  const say = (request: JoinRequest, verdict: Verdict) =>
    setSaid(words[verdict === "approve" ? "approved" : "declined"](request.user.display_name));
  const one = async (request: JoinRequest, verdict: Verdict, reason = "") => {
    setBusy((ids) => new Set(ids).add(request.id));
    try {
      if (await decide(client, request, verdict, reason)) say(request, verdict);
      else addToast(client, { tone: "info", text: words.faster });
    } catch (error) {
      complain(client, error);
    } finally {
      without(request.id);
    }
  };
  /** In the order in which they came, as far as there is room. */
  const all = async (requests: readonly JoinRequest[]) => {
    setBusy(new Set(requests.map(({ id }) => id)));
    let done = 0;
    try {
      for (const request of requests) {
        // One after another: who came first gets the place.
        // oxlint-disable-next-line no-await-in-loop
        if (await decide(client, request, "approve")) say(request, "approve");
        done += 1;
        without(request.id);
      }
    } catch (error) {
      if (isRefusal(error, "room_full")) addToast(client, { tone: "info", text: words.full(done, requests.length) });
      else complain(client, error);
    } finally {
      setBusy(new Set());
    }
  };
  return { busy, said, one, all };
}

export function RequestsContainer({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const requests = useApp((state) => state.requests);
  const meId = useApp((state) => state.me?.id ?? 0);
  const now = useNow();
  const { status, load } = useRequests(room.id);
  const pending = pendingOf(requests, room.id);
  const seen = useSeen(pending);
  const { busy, said, one, all } = useDeciding();
  return (
    <RequestsPanel
      status={status}
      {...sortRequests(requests, room.id, { meId, seen, since: today(now) })}
      all={requests.byRoom[room.id] ?? []}
      taken={room.participant_count}
      max={room.max_participants}
      now={now}
      busy={busy}
      said={said}
      onApprove={(request) => void one(request, "approve")}
      onDecline={(request, reason) => void one(request, "decline", reason)}
      onApproveAll={() => void all(pending)}
      onRetry={load}
      onClose={onClose}
    />
  );
}
