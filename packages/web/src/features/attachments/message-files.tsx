// The files of one message, under its words: pictures together, then voice messages, then documents.
import type { Attachment } from "@homeroom/protocol";
import type { ReactNode } from "react";
import { DocumentCard } from "./document-card.tsx";
import { PictureGrid, type PictureGridProps } from "./picture-grid.tsx";

export interface MessageFilesProps extends Pick<PictureGridProps, "previewOf" | "onOpen"> {
  attachments: readonly Attachment[];
  /** Draws an attachment of kind `voice`; without it, it is a file like any other. */
  voiceOf?: ((attachment: Attachment) => ReactNode) | undefined;
}

export function MessageFiles({ attachments, previewOf, onOpen, voiceOf }: MessageFilesProps) {
  const pictures = attachments.filter(({ kind }) => kind === "image");
  const voices = voiceOf ? attachments.filter(({ kind }) => kind === "voice") : [];
  const documents = attachments.filter(({ kind }) => kind === "document" || (kind === "voice" && !voiceOf));
  return (
    <div className="hr-files">
      <PictureGrid pictures={pictures} previewOf={previewOf} onOpen={onOpen} />
      {voices.map((voice) => (
        <div key={voice.id} className="hr-files-voice">
          {voiceOf?.(voice)}
        </div>
      ))}
      {documents.map((file) => (
        <DocumentCard key={file.id} file={file} />
      ))}
    </div>
  );
}
