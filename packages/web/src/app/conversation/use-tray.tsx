// The files beside a message box: choosing, dropping and pasting them, sending with them, and where none may be shared.
import type { Message } from "@homeroom/protocol";
import type { ReactNode, RefObject } from "react";
import { DropTarget } from "../../features/attachments/drop-target.tsx";
import { ACCEPT } from "../../features/attachments/file-types.ts";
import { trayAt } from "../../features/attachments/upload.state.ts";
import type { ComposerFiles } from "../../features/messages/composer-files.tsx";
import type { ComposerNotice } from "../../features/messages/composer-parts.tsx";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import type { Place } from "../../features/messages/place.ts";
import {
  addFiles,
  callOff,
  cancelUpload,
  refuseFiles,
  retryUpload,
  sendWithFiles,
  trayKey,
} from "../actions/uploads.ts";
import { PartBoundary } from "../part.tsx";
import type { AppState } from "../state.ts";
import { useApp, useClient } from "../store.ts";
import { TrayPart } from "./tray.part.ts";

const words = {
  drop: (name: string) => `Drop to share with ${name}`,
  dropInThread: "Drop to share in this thread",
  folder: "A folder cannot be shared. Pack it into a ZIP file first.",
};

/** Whether files may be shared there, as far as this page knows: the server has the last word. */
function mayShare({ rooms, threads }: AppState, place: Place): boolean {
  const id = place.kind === "private" ? threads.byId[place.thread]?.room : place.room;
  return (id === undefined ? undefined : rooms.byId[id]?.allow_uploads) ?? true;
}

export interface TrayOptions {
  place: Place;
  /** Whom one shares with. */
  name: string;
  /** Nobody, or not I, may write there. */
  isClosed: boolean;
  composer: RefObject<ComposerHandle | null>;
}

export interface TrayView {
  files: ComposerFiles;
  tray: ReactNode;
  notice: ComposerNotice | null;
  dropTarget: ReactNode;
  /** Words and files go out: now, or when the files are there. */
  send: (quoted: Message["reply_preview"], alsoInRoom: boolean, onSent: () => void) => void;
  /** Somebody writes on: a message that waited for its files does not go out by itself. */
  onChange: () => void;
}

export function useTray({ place, name, isClosed, composer }: TrayOptions): TrayView {
  const client = useClient();
  const key = trayKey(place);
  const tray = useApp((state) => trayAt(state.trays, key));
  const isSoon = useApp((state) => state.sendingSoon[key] !== undefined);
  const isAllowed = useApp((state) => mayShare(state, place));
  const add = (files: readonly File[], hasFolders = false) => {
    if (!isAllowed) return refuseFiles(client, place);
    addFiles(client, place, files);
    if (hasFolders) refuseFiles(client, place, words.folder);
    composer.current?.focus();
  };
  const stop = () => callOff(client, key);
  const send: TrayView["send"] = (quoted, alsoInRoom, onSent) =>
    sendWithFiles(client, { place, quoted, alsoInRoom }, onSent);
  const label = place.kind === "replies" ? words.dropInThread : words.drop(name);
  return {
    files: {
      onAdd: add,
      accept: isAllowed ? ACCEPT : null,
      hasFiles: tray.uploads.length > 0,
      soon: isSoon ? { onCancel: stop } : null,
    },
    tray: tray.uploads.length > 0 && (
      <PartBoundary failed={null}>
        <TrayPart
          uploads={tray.uploads}
          onRemove={(upload) => cancelUpload(client, key, upload)}
          onRetry={(upload) => retryUpload(client, upload)}
          onEmptied={() => composer.current?.focus()}
        />
      </PartBoundary>
    ),
    notice: tray.refusal === null ? null : { tone: "bad", text: tray.refusal },
    dropTarget: !isClosed && <DropTarget label={label} isOff={!isAllowed} onDrop={add} />,
    send,
    onChange: stop,
  };
}
