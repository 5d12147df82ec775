// The files of a conversation's messages: how they are drawn, and the picture that is open large.
import type { Attachment } from "@homeroom/protocol";
import { type ReactNode, useCallback, useState } from "react";
import { MessageFiles } from "../../features/attachments/message-files.tsx";
import type { ListedMessage } from "../../features/messages/rows.ts";
import { VoiceMessage } from "../../features/voice/voice-message.tsx";
import { previewOf } from "../actions/uploads.ts";
import { useClient } from "../store.ts";
import { LightboxContainer } from "./lightbox.part.tsx";

export interface FilesView {
  /** One stable function. */
  filesOf: (message: ListedMessage) => ReactNode;
  lightbox: ReactNode;
}

type Open = { pictures: readonly Attachment[]; id: string };

const voiceOf = (attachment: Attachment) => <VoiceMessage attachment={attachment} />;

export function useFiles(): FilesView {
  const client = useClient();
  const [open, setOpen] = useState<Open | null>(null);
  const preview = useCallback((id: string) => previewOf(client, id), [client]);
  const filesOf = useCallback(
    ({ attachments }: ListedMessage) => {
      const pictures = attachments.filter(
        ({ id, kind, state }) => kind === "image" && (state === "ready" || (state === "scanning" && preview(id))),
      );
      return (
        <MessageFiles
          attachments={attachments}
          previewOf={preview}
          onOpen={(id) => setOpen({ pictures, id })}
          voiceOf={voiceOf}
        />
      );
    },
    [preview],
  );
  const lightbox = open && (
    <LightboxContainer pictures={open.pictures} startId={open.id} previewOf={preview} onGone={() => setOpen(null)} />
  );
  return { filesOf, lightbox };
}
