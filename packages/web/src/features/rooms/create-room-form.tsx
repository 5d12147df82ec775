// The dialog for a new room: its name, what it is for, and who can join.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Globe, Lock, type LucideIcon, Mail } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { FormError } from "../../ui/form-error.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { Tile } from "../../ui/tile.tsx";

const words = {
  title: "New room",
  name: "Name",
  description: "What is it for?",
  optional: "optional",
  access: "Who can join?",
  everyone: "Everyone at school",
  everyoneText: "Anyone can find the room and join at once.",
  request: "On request",
  requestText: "Anyone can find it. You decide who gets in.",
  hidden: "Only people with your code",
  hiddenText: "The room is not listed anywhere.",
  cancel: "Cancel",
  create: "Create room",
  nameLength: `The name needs ${SIZES.room_name_min} to ${SIZES.room_name_max} characters.`,
  sure: "Close without making the room? What you typed is lost.",
  discard: "Close anyway",
  keep: "Keep writing",
};

export interface CreateRoomValues {
  name: string;
  description: string;
  public: boolean;
  discoverable: boolean;
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

type Access = "everyone" | "request" | "hidden";

const choices: { value: Access; icon: LucideIcon; title: string; text: string }[] = [
  { value: "everyone", icon: Globe, title: words.everyone, text: words.everyoneText },
  { value: "request", icon: Lock, title: words.request, text: words.requestText },
  { value: "hidden", icon: Mail, title: words.hidden, text: words.hiddenText },
];

function AccessPick({ value, onChange }: { value: Access; onChange: (value: Access) => void }) {
  const group = useId();
  return (
    <fieldset className="hr-pick">
      <legend>{words.access}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classNames("hr-opt", choice.value === value && "is-on")}>
          <Icon icon={choice.icon} />
          <span className="hr-grow">
            <b>{choice.title}</b>
            <small>{choice.text}</small>
          </span>
          <input
            type="radio"
            className="form-check-input"
            name={group}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

function nameProblem(name: string): string | null {
  const length = [...name.trim()].length;
  return length < SIZES.room_name_min || length > SIZES.room_name_max ? words.nameLength : null;
}

function useRoomDraft() {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [access, setAccess] = useState<Access>("request");
  const [left, setLeft] = useState(false);
  const values: CreateRoomValues = {
    name: name.trim(),
    description: description.trim(),
    public: access === "everyone",
    discoverable: access !== "hidden",
  };
  const dirty = Boolean(name.trim() || description.trim());
  return { name, setName, description, setDescription, access, setAccess, left, setLeft, values, dirty };
}

interface FooterProps {
  asking: boolean;
  busy: boolean;
  form: string;
  onKeep: () => void;
  onClose: () => void;
  onDiscard: () => void;
}

function Footer({ asking, busy, form, onKeep, onClose, onDiscard }: FooterProps) {
  if (asking) {
    return (
      <>
        <span className="hr-grow hr-small" role="alert">
          {words.sure}
        </span>
        <Button variant="light" onClick={onDiscard}>
          {words.discard}
        </Button>
        <Button variant="primary" onClick={onKeep}>
          {words.keep}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="submit" form={form} variant="primary" busy={busy}>
        {words.create}
      </Button>
    </>
  );
}

function CreateRoomBody({ open, busy, error, fieldErrors, onSubmit, onClose }: CreateRoomFormProps) {
  const draft = useRoomDraft();
  const form = useId();
  const [asking, setAsking] = useState(false);
  const problem = nameProblem(draft.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draft.setLeft(true);
    if (!problem && !busy) onSubmit(draft.values);
  };
  // closing with text in the fields asks once
  const close = () => (draft.dirty && !asking ? setAsking(true) : onClose());
  const footer = (
    <Footer
      asking={asking}
      busy={busy}
      form={form}
      onKeep={() => setAsking(false)}
      onClose={close}
      onDiscard={onClose}
    />
  );
  return (
    <Modal open={open} title={words.title} onClose={close} footer={footer}>
      <form id={form} onSubmit={submit} noValidate>
        <FormError text={error} />
        <div className="hr-name-row">
          <Tile id="new" name={draft.name || words.title} size={62} />
          <TextField
            label={words.name}
            maxLength={SIZES.room_name_max}
            value={draft.name}
            onChange={draft.setName}
            onBlur={() => draft.setLeft(draft.name.length > 0)}
            disabled={busy}
            error={(draft.left && problem) || fieldErrors?.name?.join(" ") || null}
          />
        </div>
        <TextArea
          label={words.description}
          aside={words.optional}
          rows={2}
          maxLength={SIZES.description}
          value={draft.description}
          onChange={draft.setDescription}
          disabled={busy}
          error={fieldErrors?.description?.join(" ") ?? null}
        />
        <AccessPick value={draft.access} onChange={draft.setAccess} />
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
