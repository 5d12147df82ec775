// Where messages are written: a plain text box that grows, so that dictation, input methods and readers just work.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref, useId, useRef } from "react";
import { messageBoxId } from "../../ui/app-frame.tsx";
import { classNames } from "../../ui/class-names.ts";
import { useCoarsePointer } from "../../ui/use-media-query.ts";
import { type ClosedReason, ComposerClosed } from "./composer-closed.tsx";
import { applyEdit, pasteLink } from "./composer-edit.ts";
import { type ComposerEmoji, EmojiButton } from "./composer-emoji.tsx";
import { AddFiles, type ComposerFiles, pastedFiles } from "./composer-files.tsx";
import { handleKey, isComposing } from "./composer-keys.ts";
import { type AlsoIn, type ComposerContext, ComposerFoot, type ComposerNotice, ContextBar } from "./composer-parts.tsx";
import { SendButton } from "./composer-send.tsx";
import { SuggestionCount, Suggestions } from "./composer-suggestions.tsx";
import { type SendWait, useSecondsLeft } from "./composer-wait.tsx";
import { type ComposerHandle, selectionOf, useComposerBox } from "./use-composer-box.ts";
import { type SuggestSources, useSuggestions } from "./use-suggestions.ts";

export type { ComposerHandle } from "./use-composer-box.ts";

const words = {
  label: (room: string) => `Message ${room}`,
};

export interface ComposerProps extends Pick<SuggestSources, "people" | "rooms"> {
  roomName: string;
  /** Instead of "Message <room>", for private chats and threads. */
  label?: string;
  /** The skip link leads to the box with the default id; null where a second box is on the screen. */
  boxId?: string | null;
  value: string;
  onChange: (value: string) => void;
  /** Called with something to send in the box; the caller empties it. */
  onSend: () => void;
  /** A reply or an edit in progress. */
  context?: ComposerContext | null;
  onCancelContext: () => void;
  /** Arrow up in an empty box. */
  onEditLast?: () => void;
  onBlur?: () => void;
  /** Called names of the people who type. */
  typing?: string[];
  notice?: ComposerNotice | null;
  closed?: ClosedReason | null;
  /** Sending is not possible yet; writing is. */
  wait?: SendWait | null;
  /** A box to tick below: a thread's reply may go to the room too. */
  alsoIn?: AlsoIn | null;
  /** The picker, and emoji by name. */
  emoji?: ComposerEmoji;
  /** Without it, no file can get in here. */
  files?: ComposerFiles | undefined;
  /** What stands above the text: the files that go with it. */
  tray?: ReactNode;
  /** Between the picker of emoji and the button that sends: the way to a voice message. */
  mic?: ReactNode;
  /** Stands in the box's place, with a foot of its own, while something else is being made; the text is kept. */
  recorder?: ((context: ReactNode) => ReactNode) | null;
  /** False: Enter makes a new line. On touch devices it always does. */
  enterSends?: boolean;
  limit?: number;
  ref?: Ref<ComposerHandle>;
}

/** Code points, as the server counts them. */
export function lengthOf(text: string): number {
  const trimmed = text.trim();
  // counting is slow on long texts, and no text has more code points than units
  return trimmed.length < 1000 ? trimmed.length : [...trimmed].length;
}

/** Files go into the tray; an address pasted over words becomes their link; everything else is pasted as it is. */
function paste(event: ClipboardEvent<HTMLTextAreaElement>, onFiles: ComposerFiles["onAdd"] | undefined): void {
  const files = pastedFiles(event);
  if (onFiles && files.length > 0) {
    event.preventDefault();
    return onFiles(files);
  }
  const box = event.currentTarget;
  const edit = pasteLink(box.value, selectionOf(box), event.clipboardData.getData("text/plain"));
  if (!edit) return;
  event.preventDefault();
  applyEdit(box, edit);
}

function useComposer(props: ComposerProps) {
  const { value, onSend, context, closed, wait, emoji, people, rooms, limit = SIZES.content, ref } = props;
  const editing = context?.kind === "edit";
  // what is edited are words: the files of a message stay
  const files = editing ? undefined : props.files;
  const picker = useRef<HTMLInputElement>(null);
  const parts = useComposerBox(ref, { editing, closed: Boolean(closed) });
  const suggest = useSuggestions(parts.box, { people, rooms, findEmoji: emoji?.find, onEmoji: emoji?.onPicked });
  const left = useSecondsLeft(wait?.until);
  const coarse = useCoarsePointer();
  const length = lengthOf(value);
  // an edit is no new message
  const waiting = !editing && left > 0;
  const mayBeEmpty = files?.hasFiles === true || (context?.kind === "edit" && context.mayBeEmpty === true);
  const sendable = (length > 0 || mayBeEmpty) && length <= limit && !waiting && !files?.soon;
  const send = () => {
    if (!sendable) return;
    onSend();
    parts.box.current?.focus();
  };
  return { ...parts, suggest, left, waiting, coarse, length, limit, editing, files, picker, sendable, send };
}

type Composing = ReturnType<typeof useComposer>;

function TextBox({ props, composing, footId }: { props: ComposerProps; composing: Composing; footId: string }) {
  const { roomName, label = words.label(roomName), boxId = messageBoxId, value, enterSends = true } = props;
  const { box, suggest, coarse, handover, moved, length, limit, files, picker, send } = composing;
  const { onEditLast } = props;
  const look = () => {
    suggest.look();
    moved();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event) || suggest.onKey(event)) return;
    const leavable = Boolean(props.context) || Boolean(files?.soon);
    const onCancelContext = files?.soon?.onCancel ?? props.onCancelContext;
    const onFiles = () => picker.current?.click();
    const options = { value, leavable, send, onCancelContext, onEditLast, onFiles };
    handleKey(event, { ...options, enterSends: enterSends && !coarse });
  };
  return (
    <textarea
      ref={box}
      id={boxId ?? undefined}
      className="hr-composer-input"
      rows={1}
      aria-label={label}
      placeholder={label}
      aria-invalid={length > limit || undefined}
      aria-describedby={footId}
      {...suggest.aria}
      value={value}
      onChange={(event) => {
        props.onChange(event.target.value);
        look();
        suggest.replaceNamed();
      }}
      onSelect={look}
      onKeyDown={press}
      onPaste={(event) => paste(event, files?.onAdd)}
      onFocus={handover.onFocus}
      onBlur={() => {
        handover.onBlur();
        suggest.close();
        props.onBlur?.();
      }}
      enterKeyHint={coarse || !enterSends ? "enter" : "send"}
      dir="auto"
    />
  );
}

export function Composer(props: ComposerProps) {
  const { context, onCancelContext, typing = [], notice, closed, alsoIn, emoji, enterSends = true } = props;
  const footId = useId();
  const composing = useComposer(props);
  const { suggest, length, limit, editing, coarse, sendable, waiting, left, send, handover, insert } = composing;
  const { files, picker } = composing;
  const soon = files?.soon ?? null;
  const wait = waiting ? props.wait : null;
  if (closed) {
    return (
      <div className="hr-composer">
        <ComposerClosed closed={closed} kept={length > 0} handover={handover} />
        <div className="hr-composer-foot" />
      </div>
    );
  }
  const strip = context && <ContextBar context={context} onCancel={onCancelContext} />;
  if (props.recorder && !editing) return <div className="hr-composer">{props.recorder(strip)}</div>;
  return (
    <div className="hr-composer">
      <Suggestions {...suggest.list} />
      <SuggestionCount count={suggest.list.items.length} />
      <div className={classNames("hr-composer-box", length > limit && "is-bad")}>
        {strip}
        {!editing && props.tray}
        <div className="hr-composer-row">
          {files?.accept && <AddFiles onAdd={files.onAdd} accept={files.accept} picker={picker} />}
          <TextBox props={props} composing={composing} footId={footId} />
          {emoji && <EmojiButton emoji={emoji} onPick={insert} />}
          {!editing && props.mic}
          <SendButton
            {...{ editing, sendable, wait, left, describedBy: footId }}
            isSoon={soon !== null}
            onSend={send}
          />
        </div>
      </div>
      <ComposerFoot
        id={footId}
        {...{ typing, notice, length, limit, editing, wait, left, alsoIn, soon }}
        hints={!coarse}
        enterSends={enterSends}
      />
    </div>
  );
}
