// The people of the open room, and what those who lead it do about them.
import type { Me, Participant } from "@homeroom/protocol";
import { useCallback, useMemo, useState } from "react";
import { mayWhisper, type Side } from "../../features/private-threads/private-rules.ts";
import type { MemberChoice } from "../../features/rooms/member-menu.ts";
import { MembersPanel } from "../../features/rooms/members-panel.tsx";
import type { MemberRules } from "../../features/rooms/members.ts";
import { isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import { messagePrivately, muteAtOnce, setCohost, unmute } from "../actions/members.ts";
import { loadRoom } from "../actions/rooms.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useApp, useClient } from "../store.ts";
import { useNow } from "../use-now.ts";

/** Does at once what can be taken back, and asks before the rest. */
function useChoices(id: number, dialogs: Dialogs) {
  const client = useClient();
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const choose = useCallback(
    async (member: Participant, choice: MemberChoice): Promise<unknown> => {
      const room = client.store.getState().rooms.byId[id];
      if (!room) return;
      switch (choice.kind) {
        case "message":
          return messagePrivately(client, room, member);
        case "make-cohost":
        case "drop-cohost":
          return setCohost(client, room, member, choice.kind === "make-cohost");
        case "mute":
          if (choice.minutes !== null) return muteAtOnce(client, room, member, choice.minutes);
          return dialogs.open({ kind: "mute", room, person: member });
        case "unmute":
          return unmute(client, room, member);
        case "hand-over":
          return dialogs.open({ kind: "hand-over", room, heir: member });
        case "remove":
          return dialogs.open({ kind: "remove", room, person: member });
      }
    },
    [client, id, dialogs],
  );
  const onChoose = useCallback(
    (member: Participant, choice: MemberChoice) => {
      setBusy((ids) => new Set(ids).add(member.id));
      void choose(member, choice).finally(() => {
        setBusy((ids) => new Set([...ids].filter((other) => other !== member.id)));
      });
    },
    [choose],
  );
  return { busy, onChoose };
}

/** Who is in the room comes with the room; a second try if it did not. */
function useAgain(id: number) {
  const client = useClient();
  const [hasFailed, setFailed] = useState(false);
  const retry = () => {
    setFailed(false);
    loadRoom(client, id).catch(() => setFailed(true));
  };
  return { hasFailed, retry };
}

export function MembersContainer(props: { room: RoomState; me: Me; dialogs: Dialogs; onClose: () => void }) {
  const { room, me, dialogs, onClose } = props;
  const presence = useApp((state) => state.live.presence);
  const isOnline = useApp((state) => state.connection.status === "online");
  const now = useNow();
  const { busy, onChoose } = useChoices(room.id, dialogs);
  const { hasFailed, retry } = useAgain(room.id);
  const { my_role: myRole, private_replies: privateReplies = true, is_active: isActive } = room;
  const policy = useApp((state) => state.school?.private_threads ?? "supervised");
  // The same object while none of these changes: a message in the room is no reason to draw a thousand rows anew.
  const rules = useMemo<MemberRules>(() => {
    const mine: Side = { role: me.role, room_role: myRole };
    const mayMessage = (member: Participant) => mayWhisper({ policy, privateReplies }, [mine, member]);
    return { me: me.id, myRole, mayMessage, isActive };
  }, [me.id, me.role, myRole, policy, privateReplies, isActive]);
  const mayInvite = isModerator(room) && me.role !== "student" && isActive;
  return (
    <MembersPanel
      people={room.participants}
      hasFailed={hasFailed || (!room.participants && !isOnline)}
      count={room.participant_count}
      rules={rules}
      presence={presence}
      now={now}
      busy={busy}
      onChoose={onChoose}
      {...(mayInvite && { onInvite: () => dialogs.open({ kind: "invite", room }) })}
      onRetry={retry}
      onClose={onClose}
    />
  );
}
