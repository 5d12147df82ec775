// The class codes of a room.
import type { Invite } from "@homeroom/protocol";
import { useCallback, useEffect, useState } from "react";
import { InviteDialog as InviteView } from "../../features/invites/invite-dialog.tsx";
import type { NewInviteFields } from "../../features/invites/invites.ts";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { isRefusal } from "../../kit/failures.ts";
import { copyText } from "../../ui/clipboard.ts";
import { loadInvites, makeInvite, withdrawInvite } from "../actions/invites.ts";
import { addToast, complain } from "../core.ts";
import { useClient } from "../store.ts";
import { useNow } from "../use-now.ts";
import { useSubmit } from "../use-submit.ts";
import { useLiveRoom } from "./use-live-room.ts";

const words = {
  copied: { code: "The code is copied.", link: "The link is copied." },
  notCopied: "The browser does not let this page copy. Mark the code and copy it by hand.",
  withdrawn: (code: string) => `${code} lets nobody in any more.`,
};

function useInvites(room: number) {
  const client = useClient();
  const [invites, setInvites] = useState<Invite[]>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    loadInvites(client, room).then(setInvites, () => setFailed(true));
  }, [client, room]);
  useEffect(load, [load]);
  const retry = () => {
    setFailed(false);
    load();
  };
  return { invites, setInvites, hasFailed, retry };
}

export function InviteDialog({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const now = useNow();
  const { name } = useLiveRoom(room, onClose);
  const { invites, setInvites, hasFailed, retry } = useInvites(room.id);
  const make = (fields: NewInviteFields) =>
    submit.run(async () => {
      const invite = await makeInvite(client, room.id, fields);
      setInvites((before) => [invite, ...(before ?? [])]);
    });
  const revoke = async ({ id, code }: Invite) => {
    try {
      await withdrawInvite(client, id);
    } catch (error) {
      // Somebody else was faster: it is gone either way.
      if (!isRefusal(error, "not_found")) {
        complain(client, error);
        return false;
      }
    }
    setInvites((before) => before?.filter((invite) => invite.id !== id));
    addToast(client, { tone: "done", text: words.withdrawn(code) });
    return true;
  };
  const copy = async (text: string, what: "code" | "link") => {
    if (await copyText(text)) addToast(client, { tone: "done", text: words.copied[what] });
    else addToast(client, { tone: "info", text: words.notCopied });
  };
  return (
    <InviteView
      roomName={name}
      invites={invites}
      hasFailed={hasFailed}
      origin={location.origin}
      now={now}
      busy={submit.busy}
      error={submit.errors?.form ?? Object.values(submit.errors?.fields ?? {})[0]?.join(" ") ?? null}
      onMake={(fields) => void make(fields)}
      onCopy={(text, what) => void copy(text, what)}
      onRevoke={revoke}
      onRetry={retry}
      onClose={onClose}
    />
  );
}
