// Where messages are written: a plain text box that grows, so that dictation, input methods and readers just work.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { ArrowUp, Check } from "lucide-react";
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { messageBoxId } from "../../ui/app-frame.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { useCoarsePointer } from "../../ui/use-media-query.ts";
import { type ClosedReason, ComposerClosed } from "./composer-closed.tsx";
import { type ComposerContext, ComposerFoot, type ComposerNotice, ContextBar } from "./composer-parts.tsx";

const words = {
  label: (room: string) => `Message ${room}`,
  send: "Send",
  save: "Save",
};

export interface ComposerHandle {
  /** Puts the caret at the end of the text. */
  focus: () => void;
}

export interface ComposerProps {
  roomName: string;
  /** Instead of "Message <room>", for private chats and threads. */
  label?: string;
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
  limit?: number;
  ref?: Ref<ComposerHandle>;
}

/** Code points, as the server counts them. */
export function lengthOf(text: string): number {
  const trimmed = text.trim();
  // counting is slow on long texts, and no text has more code points than units
  return trimmed.length < 1000 ? trimmed.length : [...trimmed].length;
}

/** Browsers without `field-sizing` get their height from here. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element || CSS.supports("field-sizing", "content")) return;
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

function focusAtEnd(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.focus();
  element.setSelectionRange(element.value.length, element.value.length);
}

type KeyOptions = Pick<ComposerProps, "value" | "context" | "onCancelContext" | "onEditLast"> & {
  enterSends: boolean;
  send: () => void;
};

function handleKey(event: KeyboardEvent<HTMLTextAreaElement>, options: KeyOptions): void {
  // Enter that ends an input method's composition is not ours; Safari reports it late, as key 229
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  const { enterSends, context, value, send, onCancelContext, onEditLast } = options;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && (command || (enterSends && !event.shiftKey && !event.altKey))) send();
  else if (event.key === "Escape" && context) onCancelContext();
  else if (event.key === "ArrowUp" && value === "" && !context && onEditLast) onEditLast();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function Composer(props: ComposerProps) {
  const { roomName, value, onChange, onSend, context, onCancelContext, onEditLast, onBlur } = props;
  const { label = words.label(roomName), typing = [], notice, closed, limit = SIZES.content, ref } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const coarse = useCoarsePointer();
  const length = lengthOf(value);
  const sendable = length > 0 && length <= limit;
  const editing = context?.kind === "edit";
  useImperativeHandle(ref, () => ({ focus: () => focusAtEnd(box.current) }), []);
  useLayoutEffect(() => grow(box.current));
  const send = () => {
    if (!sendable) return;
    onSend();
    box.current?.focus();
  };
  const options: KeyOptions = { enterSends: !coarse, context, value, send, onCancelContext, onEditLast };
  const foot = { typing, notice, length, limit, editing, hints: !coarse };

  if (closed) {
    return (
      <div className="hr-composer">
        <ComposerClosed closed={closed} />
        <div className="hr-composer-foot" />
      </div>
    );
  }
  return (
    <div className="hr-composer">
      <div className={classNames("hr-composer-box", length > limit && "is-bad")}>
        {context && <ContextBar context={context} onCancel={onCancelContext} />}
        <div className="hr-composer-row">
          <textarea
            ref={box}
            id={messageBoxId}
            className="hr-composer-input"
            rows={1}
            aria-label={label}
            placeholder={label}
            aria-invalid={length > limit || undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={(event) => handleKey(event, options)}
            onBlur={onBlur}
            enterKeyHint={coarse ? "enter" : "send"}
            dir="auto"
          />
          <button
            type="button"
            className="hr-send"
            aria-label={editing ? words.save : words.send}
            title={editing ? words.save : words.send}
            disabled={!sendable}
            onClick={send}
          >
            <Icon icon={editing ? Check : ArrowUp} />
          </button>
        </div>
      </div>
      <ComposerFoot {...foot} />
    </div>
  );
}
