// Asking the hosts of a room to be let in; the dialog follows what becomes of the room and of the request meanwhile.
import { useEffect, useState } from "react";
import { askPhase } from "../../features/rooms/ask-phase.ts";
import { AskToJoinDialog as AskToJoinForm } from "../../features/rooms/ask-to-join-dialog.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { isRefusal } from "../../kit/failures.ts";
import { withdrawRequest } from "../actions/join-requests.ts";
import { askToJoin, joinRoom, loadRoom } from "../actions/rooms.ts";
import { addToast } from "../core.ts";
import { goTo } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { useNow } from "../use-now.ts";
import { useSubmit } from "../use-submit.ts";

const words = {
  asked: (room: string, host: string) => `You asked to join ${room}. ${host} was told.`,
  withdrawn: (room: string) => `You no longer ask to join ${room}.`,
};

/** The room is not what the page took it for: what it is now says more than the refusal. */
const STALE = ["room_is_public", "already_member", "already_pending", "join_cooldown", "join_request_required"];
const MOVED = [...STALE, "room_full", "kicked", "already_processed", "not_found"];

function useSteps(id: number) {
  const client = useClient();
  const submit = useSubmit();
  /** True when it went through. */
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    let isMoved = false;
    const isDone = await submit.run(async () => {
      try {
        await work();
      } catch (error) {
        if (!isRefusal(error, ...MOVED)) throw error;
        isMoved = true;
        await loadRoom(client, id);
      }
    });
    return isDone && !isMoved;
  };
  return { submit, run };
}

export function AskToJoinDialog({ room: opened, onClose }: { room: RoomState; onClose: () => void }) {
  const client = useClient();
  const { id } = opened;
  const live = useApp((state) => state.rooms.byId[id]);
  const now = useNow();
  // An open room is joined at once; who has to ask for one was removed from it.
  const [removed] = useState(opened.public);
  const phase = askPhase(live, { removed, now });
  const room = live ?? opened;
  const { submit, run } = useSteps(id);
  const isIn = phase.kind === "in";
  useEffect(() => {
    if (!isIn) return;
    onClose();
    goTo({ name: "room", id });
  }, [isIn, id, onClose]);
  const say = (text: string) => {
    onClose();
    addToast(client, { tone: "done", text });
  };
  const send = async (note: string) => {
    if (await run(() => askToJoin(client, id, note))) say(words.asked(room.name, room.host.display_name));
  };
  const withdraw = async () => {
    if (await run(() => withdrawRequest(client, id))) say(words.withdrawn(room.name));
  };
  return (
    <AskToJoinForm
      room={room}
      phase={phase}
      busy={submit.busy}
      error={submit.errors?.form ?? submit.errors?.fields?.note?.join(" ") ?? null}
      onSend={(note) => void send(note)}
      onJoin={() => void run(() => joinRoom(client, id))}
      onWithdraw={() => void withdraw()}
      onClose={onClose}
    />
  );
}
