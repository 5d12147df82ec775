// How files get into the message box: by its button, and by pasting. What becomes of them is the caller's.
import { Plus } from "lucide-react";
import { type ClipboardEvent, type RefObject, useRef } from "react";
import { IconButton } from "../../ui/button.tsx";
import { ariaKeysOf, keysOf } from "../../ui/shortcuts.ts";

const words = { add: "Add files" };

export interface ComposerFiles {
  /** Called with what was picked or pasted; says itself what is wrong with it. */
  onAdd: (files: File[]) => void;
  /** What the picker offers. Null: files cannot be shared here, and there is no button. */
  accept: string | null;
  /** Something is in the tray: a message needs no words. */
  hasFiles: boolean;
  /** The message waits for its files, and goes out by itself. */
  soon: { onCancel: () => void } | null;
}

export interface AddFilesProps extends Pick<ComposerFiles, "onAdd"> {
  accept: string;
  /** The picker itself, for the shortcut. */
  picker: RefObject<HTMLInputElement | null>;
}

export function AddFiles({ onAdd, accept, picker }: AddFilesProps) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={button}
        label={words.add}
        icon={Plus}
        aria-keyshortcuts={ariaKeysOf(keysOf("files"))}
        onClick={() => picker.current?.click()}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={accept}
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget: input }) => {
          const files = [...(input.files ?? [])];
          // so that the same file can be chosen again
          input.value = "";
          if (files.length > 0) onAdd(files);
        }}
      />
    </>
  );
}

/**
 * The files of what is pasted. Words come first: a table copied from a document brings a picture of itself along. But
 * some systems write the names of copied files as words beside them.
 */
export function pastedFiles({ clipboardData }: Pick<ClipboardEvent, "clipboardData">): File[] {
  const files = [...clipboardData.files];
  const names = new Set(files.map(({ name }) => name));
  const lines = clipboardData.getData("text/plain").split(/[\r\n]+/);
  return lines.every((line) => line === "" || names.has(line)) ? files : [];
}
