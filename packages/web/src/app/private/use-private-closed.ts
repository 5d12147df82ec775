// Why nobody, or not I, may write in a private chat, as things stand now.
import type { Me } from "@homeroom/protocol";
import { useEffect, useRef } from "react";
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import { barrierOf, type Side } from "../../features/private-threads/private-rules.ts";
import { partnerOf, type ThreadState } from "../../features/private-threads/private-threads.state.ts";
import { isMember, type RoomState } from "../../features/rooms/rooms.state.ts";
import { loadPrivateThread } from "../actions/private-threads.ts";
import { loadRoom } from "../actions/rooms.ts";
import { useApp, useClient } from "../store.ts";
import { usePassed } from "../use-passed.ts";

/** The room of the chat with its people, as far as it is mine to see. */
export function useRoomOf(thread: ThreadState): RoomState | undefined {
  const client = useClient();
  const room = useApp((state) => state.rooms.byId[thread.room]);
  const needsPeople = isMember(room) && !room?.participants;
  useEffect(() => {
    if (needsPeople) void loadRoom(client, thread.room).catch(() => undefined);
  }, [client, needsPeople, thread.room]);
  return room;
}

function sidesOf(thread: ThreadState, me: Me, room: RoomState | undefined): { me: Side; partner: Side } {
  const other = partnerOf(thread, me.id);
  const there = room?.participants?.find(({ id }) => id === other.id);
  const partnerRole = isMember(room) && room?.participants ? (there?.room_role ?? null) : undefined;
  return {
    me: { role: me.role, room_role: room?.my_role ?? null },
    partner: { role: other.role, room_role: partnerRole },
  };
}

/**
 * Who may write depends on more than this page can see: the server is asked when the chat is opened, and after each
 * change that is seen here.
 */
function useFresh(id: number, standing: string): void {
  const client = useClient();
  const known = useRef("");
  useEffect(() => {
    if (known.current === standing) return;
    known.current = standing;
    void loadPrivateThread(client, id).catch(() => undefined);
  }, [client, id, standing]);
}

export function usePrivateClosed(thread: ThreadState, me: Me, room: RoomState | undefined): ClosedReason | null {
  const policy = useApp((state) => state.school?.private_threads ?? "supervised");
  const mute = room?.my_mute ?? null;
  const isMuted = !usePassed(mute?.until ?? null) && mute !== null;
  const sides = sidesOf(thread, me, room);
  const roomIsActive = isMember(room) ? room?.is_active : undefined;
  const privateReplies = room?.private_replies ?? true;
  useFresh(thread.id, JSON.stringify([sides, roomIsActive, privateReplies, thread.is_active]));
  const { id: _, display_name: name } = partnerOf(thread, me.id);
  switch (barrierOf({ thread, ...sides, policy, privateReplies, roomIsActive, isMuted })) {
    case "closed":
      return { kind: "thread-closed" };
    case "room-closed":
      return { kind: "room-closed" };
    case "not-member":
      return { kind: "not-member" };
    case "left":
      return { kind: "left", name };
    case "restricted":
      return { kind: "restricted" };
    case "muted":
      return mute && { kind: "muted", until: mute.until, reason: mute.reason };
    case null:
      return null;
  }
}
