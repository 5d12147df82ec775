// The dialog for a new room: its name, who can join, and what else can be set.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { ChevronRight } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import { FormError } from "../../ui/form-error.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { type Access, AccessPick, fieldsOf } from "./access-pick.tsx";
import { RoomFormFooter } from "./room-form-footer.tsx";
import { nameProblem, RoomNameField } from "./room-name-field.tsx";
import { placesOf, placesProblem, RoomOptions, summaryOf, usualOptions } from "./room-options.tsx";
import "../../styles/create-room.css";

const words = {
  title: "New room",
  more: "More options",
  submit: "Create room",
  sure: "Close without making the room? What you typed is lost.",
  keep: "Keep writing",
};

export interface CreateRoomValues {
  name: string;
  description: string;
  public: boolean;
  discoverable: boolean;
  max_participants: number;
  allow_uploads: boolean;
  allow_voice: boolean;
  private_replies: boolean;
  slow_mode_s: number;
}

export interface CreateRoomFormProps {
  open: boolean;
  busy: boolean;
  /** What the server said: a sentence, and sentences by field. */
  error?: string | null;
  fieldErrors?: Record<string, string[]>;
  onSubmit: (values: CreateRoomValues) => void;
  onClose: () => void;
}

function useRoomDraft() {
  const [name, setName] = useState("");
  const [access, setAccess] = useState<Access>("request");
  const [options, setOptions] = useState(usualOptions);
  /** The name was left, or sent off: what is wrong with it is said. */
  const [left, setLeft] = useState(false);
  const { places, description, ...switches } = options;
  const values = (): CreateRoomValues => ({
    name: name.trim(),
    description: description.trim(),
    max_participants: placesOf(places) ?? SIZES.room_members,
    ...fieldsOf(access),
    ...switches,
  });
  const dirty = Boolean(name.trim() || description.trim());
  return { name, setName, access, setAccess, options, setOptions, left, setLeft, values, dirty };
}

interface MoreProps {
  open: boolean;
  summary: string;
  onToggle: () => void;
  children: ReactNode;
}

function More({ open, summary, onToggle, children }: MoreProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={classNames("hr-more-options", open && "is-open")}
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
      >
        <Icon icon={ChevronRight} size={18} />
        <b>{words.more}</b>
        {!open && <span className="hr-ell">{summary}</span>}
      </button>
      <div id={id} hidden={!open}>
        {children}
      </div>
    </>
  );
}

const IN_OPTIONS = ["description", "max_participants"];

/** Where something is wrong with a folded field, it is unfolded. */
function useMore(fieldErrors: CreateRoomFormProps["fieldErrors"]) {
  const [chosen, setChosen] = useState(false);
  const mustShow = IN_OPTIONS.some((field) => fieldErrors?.[field]);
  return { open: chosen || mustShow, toggle: () => setChosen(!(chosen || mustShow)), show: () => setChosen(true) };
}

/** The fields are locked while the server thinks; whoever wrote in them goes on there when it says no. */
function useFocusBack(busy: boolean) {
  const name = useRef<HTMLInputElement>(null);
  const was = useRef(busy);
  useEffect(() => {
    if (was.current && !busy) name.current?.focus();
    was.current = busy;
  }, [busy]);
  return name;
}

function CreateRoomBody({ open, busy, error, fieldErrors, onSubmit, onClose }: CreateRoomFormProps) {
  const draft = useRoomDraft();
  const form = useId();
  const [asking, setAsking] = useState(false);
  const more = useMore(fieldErrors);
  const nameField = useFocusBack(busy);
  const problem = nameProblem(draft.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draft.setLeft(true);
    if (problem) return nameField.current?.focus();
    if (placesProblem(draft.options.places)) return more.show();
    if (!busy) onSubmit(draft.values());
  };
  // closing with text in the fields asks once
  const close = () => (draft.dirty && !asking ? setAsking(true) : onClose());
  const ways = { onKeep: () => setAsking(false), onClose: close, onDiscard: onClose };
  const { submit: create, sure, keep } = words;
  const footer = <RoomFormFooter {...{ asking, busy, form, sure, keep, ...ways }} submit={create} />;
  return (
    <Modal open={open} title={words.title} onClose={close} footer={footer}>
      <form id={form} className="hr-create-room" onSubmit={submit} noValidate>
        <RoomNameField
          ref={nameField}
          id="new"
          value={draft.name}
          placeholder={words.title}
          onChange={draft.setName}
          onBlur={() => draft.setLeft(draft.name.length > 0)}
          disabled={busy}
          error={(draft.left && problem) || fieldErrors?.name?.join(" ") || null}
        />
        <AccessPick value={draft.access} onChange={draft.setAccess} disabled={busy} />
        <More open={more.open} summary={summaryOf(draft.options)} onToggle={more.toggle}>
          <RoomOptions value={draft.options} onChange={draft.setOptions} disabled={busy} errors={fieldErrors} />
        </More>
        <FormError text={error} />
      </form>
    </Modal>
  );
}

/** Mounted anew each time it opens, so that it starts empty. */
export function CreateRoomForm(props: CreateRoomFormProps) {
  const [round, setRound] = useState({ open: props.open, number: 0 });
  if (round.open !== props.open) setRound({ open: props.open, number: round.number + (props.open ? 1 : 0) });
  return <CreateRoomBody key={round.number} {...props} />;
}
