// Where the emoji picker stands: beside what opened it, or as a sheet from below on phones. The picker and its data may
// fail to come; then it says so, and tries again.
import "./emoji-popover.css";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { usePhone } from "../../ui/use-media-query.ts";
import type { EmojiEntry } from "./emoji-data.ts";
import { EmojiFrame } from "./emoji-frame.tsx";
import type { EmojiMemory } from "./emoji-memory.ts";
import type { EmojiPickerProps } from "./emoji-picker.tsx";
import { loadEmoji } from "./emoji-source.ts";

const words = {
  title: "Emoji",
  loading: "The emoji are on their way…",
  failed: "The emoji did not arrive.",
  failedText: "You can write on without them, or try again.",
  retry: "Try again",
};

export interface EmojiPopoverProps {
  /** What opened it; the focus returns to it when nothing is picked. */
  anchor: HTMLElement;
  /** Called once; whoever opened it takes it away and moves the focus. */
  onPick: (emoji: string) => void;
  onClose: () => void;
  memory: EmojiMemory;
}

interface Loaded {
  Picker: ComponentType<EmojiPickerProps>;
  entries: EmojiEntry[];
}

/** A moment that nobody sees as waiting. */
const QUIET_MS = 300;

function usePicker(): Loaded | "loading" | "failed" {
  const [state, setState] = useState<Loaded | "loading" | "failed">("loading");
  useEffect(() => {
    let current = true;
    Promise.all([import("./emoji-picker.tsx"), loadEmoji()]).then(
      ([{ EmojiPicker }, entries]) => current && setState({ Picker: EmojiPicker, entries }),
      () => current && setState("failed"),
    );
    return () => {
      current = false;
    };
  }, []);
  return state;
}

function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <output className="hr-picker-state">
      {late && (
        <>
          <Spinner /> {words.loading}
        </>
      )}
    </output>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="hr-picker-state" role="alert">
      <p>
        <b>{words.failed}</b> {words.failedText}
      </p>
      <Button size="sm" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}

type ContentProps = Pick<EmojiPopoverProps, "memory" | "onPick">;

function Attempt({ memory, onPick, onRetry }: ContentProps & { onRetry: () => void }) {
  const state = usePicker();
  if (state === "loading") return <Waiting />;
  if (state === "failed") return <Failed onRetry={onRetry} />;
  return <state.Picker entries={state.entries} memory={memory} onPick={onPick} />;
}

function Content(props: ContentProps) {
  const [attempt, setAttempt] = useState(0);
  return <Attempt key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

/** The keyboard of a phone would cover what one came for, so the search field is not focused there. */
function SheetFocus() {
  const place = useRef<HTMLSpanElement>(null);
  // not before the dialog has noted what had the focus
  useEffect(() => place.current?.focus(), []);
  return <span ref={place} tabIndex={-1} />;
}

function EmojiSheet({ memory, anchor, onPick, onClose }: EmojiPopoverProps) {
  const [open, setOpen] = useState(true);
  const picked = useRef<string>(null);
  const pick = (emoji: string) => {
    picked.current = emoji;
    setOpen(false);
  };
  // only when the sheet has gone may the focus move elsewhere
  const exited = () => {
    if (picked.current) return onPick(picked.current);
    onClose();
    anchor.focus();
  };
  return (
    <Modal open={open} title={words.title} onClose={() => setOpen(false)} onExited={exited}>
      <div className="hr-picker-sheet">
        <SheetFocus />
        <Content memory={memory} onPick={pick} />
      </div>
    </Modal>
  );
}

export function EmojiPopover(props: EmojiPopoverProps) {
  const phone = usePhone();
  if (phone) return <EmojiSheet {...props} />;
  return (
    <EmojiFrame label={words.title} anchor={props.anchor} onClose={props.onClose}>
      <Content memory={props.memory} onPick={props.onPick} />
    </EmojiFrame>
  );
}
