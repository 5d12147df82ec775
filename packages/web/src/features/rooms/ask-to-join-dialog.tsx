// Asking to be let into a room, with a short note for those who decide; and what came of it.
import type { RoomCard } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Bell, Lock, LogIn } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { nameBeside, Tile } from "../../ui/tile.tsx";
import { laterTime, pastTime } from "../../ui/time.ts";
import type { AskPhase } from "./ask-phase.ts";
import "../../styles/create-room.css";
import "../../styles/requests.css";

/** In quotation marks, with one full stop and not two. */
const quote = (text: string) => (/[.!?…]$/.test(text) ? `“${text}”` : `“${text}”.`);

const words = {
  title: "Ask to join",
  askedTitle: "You asked to join",
  about: (host: string, count: number) => `Led by ${host} · ${count} ${count === 1 ? "member" : "members"}`,
  note: "A short note",
  optional: "optional",
  readBy: "Only those who lead the room read this.",
  counter: (length: number) => `${length} / ${SIZES.note}`,
  told: (host: string) => `${host} is told right away.`,
  wasTold: (host: string) => `${host} was told.`,
  opens: "The room opens for you after a yes.",
  removed: "You were removed from this room. You can ask to come back.",
  before: (reason: string) => (reason ? `Last time it was a no: ${quote(reason)}` : "Last time it was a no."),
  askedAt: (when: string) => `Sent ${when}. Nobody has decided yet.`,
  denied: (reason: string) => (reason ? `Not this time: ${quote(reason)}` : "Not this time."),
  again: (when: string) => `You can ask again ${when}.`,
  open: "This room is open to everyone now. You can join directly.",
  full: (max: number) => `All ${max} places are taken. Try again when somebody has left.`,
  gone: "There is no such room any more.",
  cancel: "Cancel",
  close: "Close",
  send: "Send request",
  withdraw: "Withdraw",
  join: "Join",
};

export interface AskToJoinDialogProps {
  room: RoomCard;
  phase: AskPhase;
  busy: boolean;
  error?: string | null;
  onSend: (note: string) => void;
  onJoin: () => void;
  /** Takes the request back. */
  onWithdraw: () => void;
  onClose: () => void;
}

function Card({ room }: { room: RoomCard }) {
  return (
    <div className="hr-roomcard">
      <Tile id={room.id} name={room.name} size={52} />
      <div className="hr-grow">
        <b>
          <span className="hr-ell">{nameBeside(room.name)}</span>
          {!room.public && <Icon icon={Lock} size={16} />}
        </b>
        <small>{words.about(room.host.display_name, room.participant_count)}</small>
        {room.description && <small>{room.description}</small>}
      </div>
    </div>
  );
}

function Steps({ told }: { told: string }) {
  return (
    <ul className="hr-steps">
      <li>
        <Icon icon={Bell} size={18} />
        {told}
      </li>
      <li>
        <Icon icon={LogIn} size={18} />
        {words.opens}
      </li>
    </ul>
  );
}

interface NoteProps {
  room: RoomCard;
  phase: Extract<AskPhase, { kind: "ask" }>;
  note: string;
  busy: boolean;
  onNote: (note: string) => void;
}

function Note({ room, phase, note, busy, onNote }: NoteProps) {
  const hint = (
    <span className="hr-counted">
      <span>{words.readBy}</span>
      <span className="hr-num">{words.counter([...note].length)}</span>
    </span>
  );
  return (
    <>
      {phase.removed && <p className="hr-ask-note">{words.removed}</p>}
      {phase.before && <p className="hr-ask-note">{words.before(phase.before.reason)}</p>}
      <TextArea
        label={words.note}
        aside={words.optional}
        maxLength={SIZES.note}
        value={note}
        onChange={onNote}
        disabled={busy}
        hint={{ text: hint }}
      />
      <Steps told={words.told(room.host.display_name)} />
    </>
  );
}

function Asked({ room, phase }: { room: RoomCard; phase: Extract<AskPhase, { kind: "asked" }> }) {
  const { note, created_at: at } = phase.request;
  return (
    <>
      <p className="hr-ask-note">{words.askedAt(pastTime(at))}</p>
      {note && <blockquote className="hr-req-note">{note}</blockquote>}
      <Steps told={words.wasTold(room.host.display_name)} />
    </>
  );
}

/** What there is to say where nothing can be written. */
function sentenceOf(phase: AskPhase, room: RoomCard): string {
  switch (phase.kind) {
    case "denied":
      return `${words.denied(phase.request.reason)} ${words.again(laterTime(phase.again))}`;
    case "open":
      return words.open;
    case "full":
      return words.full(room.max_participants);
    default:
      return words.gone;
  }
}

/** Quiet on the left, the one action on the right. */
function buttonsOf(props: AskToJoinDialogProps, note: string): { quiet: ReactNode; main: [string, () => void] } {
  const { phase, busy, onSend, onJoin, onWithdraw, onClose } = props;
  const cancel = (
    <Button variant="light" onClick={onClose}>
      {words.cancel}
    </Button>
  );
  switch (phase.kind) {
    case "ask":
      return { quiet: cancel, main: [words.send, () => onSend(note.trim())] };
    case "open":
      return { quiet: cancel, main: [words.join, onJoin] };
    case "asked": {
      const withdraw = (
        <Button variant="outline-danger" busy={busy} onClick={onWithdraw}>
          {words.withdraw}
        </Button>
      );
      return { quiet: withdraw, main: [words.close, onClose] };
    }
    default:
      return { quiet: null, main: [words.close, onClose] };
  }
}

/** When the dialog turns into another while it is open, what had the focus may be gone. */
function useFocusOn(kind: AskPhase["kind"]): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const first = useRef(kind);
  useEffect(() => {
    if (first.current !== kind) button.current?.focus();
    first.current = kind;
  }, [kind]);
  return button;
}

export function AskToJoinDialog(props: AskToJoinDialogProps) {
  const { room, phase, busy, error, onClose } = props;
  const [note, setNote] = useState("");
  const button = useFocusOn(phase.kind);
  const { quiet, main } = buttonsOf(props, note);
  const [label, act] = main;
  const footer = (
    <>
      {quiet}
      <Button ref={button} variant="primary" busy={busy && phase.kind !== "asked"} onClick={act}>
        {label}
      </Button>
    </>
  );
  const title = phase.kind === "asked" ? words.askedTitle : words.title;
  return (
    <Modal open title={title} onClose={onClose} footer={footer}>
      {phase.kind !== "gone" && <Card room={room} />}
      <div className="hr-roomcard-below">
        {phase.kind === "ask" && <Note room={room} phase={phase} note={note} busy={busy} onNote={setNote} />}
        {phase.kind === "asked" && <Asked room={room} phase={phase} />}
        {phase.kind !== "ask" && phase.kind !== "asked" && (
          <output className="hr-ask-note">{sentenceOf(phase, room)}</output>
        )}
        <FormError text={error} />
      </div>
    </Modal>
  );
}
