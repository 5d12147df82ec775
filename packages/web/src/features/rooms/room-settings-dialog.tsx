// The dialog in which a host changes a room. It follows the room while it is open; what was typed stays.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { Tile } from "../../ui/tile.tsx";
import { AccessPick } from "./access-pick.tsx";
import {
  editField,
  fieldsFrom,
  type KnownRoom,
  patchOf,
  roomProblems,
  type RoomEdits,
  type RoomFields,
  type RoomPatch,
  slowModes,
} from "./room-settings.ts";
import "../../styles/create-room.css";
import "../../styles/invite.css";

const words = {
  title: "Edit room",
  name: "Name",
  description: "What is it for?",
  optional: "optional",
  places: "Places",
  placesHint: (count: number) => `${count} ${count === 1 ? "is" : "are"} taken.`,
  slow: "Slow mode",
  slowHint: "How long a member waits between two messages. Hosts never wait.",
  slowOff: "Off",
  seconds: (count: number) => (count === 1 ? "1 second" : `${count} seconds`),
  minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
  rules: "What members may do",
  private: "Write to one another privately",
  uploads: "Add files and pictures",
  voice: "Record voice messages",
  cancel: "Cancel",
  save: "Save",
  sure: "Close without saving? What you changed is lost.",
  discard: "Close anyway",
  keep: "Keep editing",
};

export interface RoomSettingsDialogProps {
  room: KnownRoom;
  busy: boolean;
  error?: string | null;
  fieldErrors?: Record<string, string[]>;
  /** With what is to be changed, never empty. */
  onSave: (patch: RoomPatch) => void;
  onClose: () => void;
}

interface FieldsProps {
  fields: RoomFields;
  room: KnownRoom;
  busy: boolean;
  problems: Record<string, string[]>;
  edit: <K extends keyof RoomFields>(field: K, value: RoomFields[K]) => void;
}

const slowLabel = (seconds: number): string => {
  if (seconds === 0) return words.slowOff;
  return seconds % 60 === 0 ? words.minutes(seconds / 60) : words.seconds(seconds);
};

function NameFields({ fields, room, busy, problems, edit }: FieldsProps) {
  return (
    <>
      <div className="hr-name-row">
        <Tile id={room.id} name={fields.name || room.name} size={62} />
        <TextField
          label={words.name}
          maxLength={SIZES.room_name_max}
          value={fields.name}
          onChange={(name) => edit("name", name)}
          disabled={busy}
          error={problems["name"]?.join(" ") ?? null}
        />
      </div>
      <TextArea
        label={words.description}
        aside={words.optional}
        rows={2}
        maxLength={SIZES.description}
        value={fields.description}
        onChange={(description) => edit("description", description)}
        disabled={busy}
        error={problems["description"]?.join(" ") ?? null}
      />
    </>
  );
}

function RuleFields({ fields, room, busy, problems, edit }: FieldsProps) {
  return (
    <>
      <fieldset className="hr-pick" disabled={busy}>
        <legend>{words.rules}</legend>
        <Checkbox
          label={words.private}
          checked={fields.private_replies}
          onChange={(on) => edit("private_replies", on)}
        />
        <Checkbox label={words.uploads} checked={fields.allow_uploads} onChange={(on) => edit("allow_uploads", on)} />
        <Checkbox label={words.voice} checked={fields.allow_voice} onChange={(on) => edit("allow_voice", on)} />
      </fieldset>
      <div className="hr-pair">
        <TextField
          label={words.places}
          inputMode="numeric"
          maxLength={6}
          value={fields.places}
          onChange={(places) => edit("places", places)}
          disabled={busy}
          error={problems["max_participants"]?.join(" ") ?? null}
          hint={{ text: words.placesHint(room.participant_count) }}
        />
        <SelectField
          label={words.slow}
          value={String(fields.slow_mode_s)}
          options={slowModes(fields.slow_mode_s).map((seconds) => ({
            value: String(seconds),
            label: slowLabel(seconds),
          }))}
          onChange={(seconds) => edit("slow_mode_s", Number(seconds))}
          disabled={busy}
          error={problems["slow_mode_s"]?.join(" ") ?? null}
          hint={{ text: words.slowHint }}
        />
      </div>
    </>
  );
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
        {words.save}
      </Button>
    </>
  );
}

/** The focus goes to the first field that was refused. */
function useFocusOnProblem(problems: Record<string, string[]>) {
  const form = useRef<HTMLFormElement>(null);
  const names = Object.keys(problems).join();
  useEffect(() => {
    if (names) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [names]);
  return form;
}

export function RoomSettingsDialog({ room, busy, error, fieldErrors, onSave, onClose }: RoomSettingsDialogProps) {
  const id = useId();
  const [edits, setEdits] = useState<RoomEdits>({});
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const own = roomProblems(room, edits);
  const problems = tried ? { ...fieldErrors, ...own } : { ...fieldErrors };
  const form = useFocusOnProblem(busy ? {} : problems);
  const patch = patchOf(room, edits);
  const isChanged = Object.keys(patch).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.keys(own).length > 0) return;
    if (isChanged) onSave(patch);
    else onClose();
  };
  const close = () => (isChanged && !asking ? setAsking(true) : onClose());
  const fields: FieldsProps = {
    fields: { ...fieldsFrom(room), ...edits },
    room,
    busy,
    problems,
    edit: (field, value) => setEdits((before) => editField(before, room, field, value)),
  };
  const footer = (
    <Footer asking={asking} busy={busy} form={id} onKeep={() => setAsking(false)} onClose={close} onDiscard={onClose} />
  );
  return (
    <Modal open title={words.title} onClose={close} footer={footer}>
      <form id={id} ref={form} onSubmit={submit} noValidate>
        <FormError text={error} />
        <NameFields {...fields} />
        <AccessPick value={fields.fields.access} onChange={(access) => fields.edit("access", access)} disabled={busy} />
        <RuleFields {...fields} />
      </form>
    </Modal>
  );
}
