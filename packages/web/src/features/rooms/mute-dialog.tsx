// Muting somebody for as long as one likes, with a reason that they see.
import type { Participant } from "@homeroom/protocol";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import { shortName } from "../../ui/names.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { LESSON } from "./member-menu.ts";

const words = {
  title: (name: string) => `Mute ${name}`,
  text: (name: string) => `${name} can read along, and cannot write in this room until the time is over.`,
  long: "For how long?",
  minutes: (count: number) => `${count} minutes`,
  lesson: `A lesson, ${LESSON} minutes`,
  hour: "An hour",
  day: "A day",
  week: "A week",
  other: "Another time",
  own: "Minutes",
  ownProblem: "A number of minutes, from 1 on. A year is the longest.",
  reason: "Why?",
  optional: "optional",
  reasonHint: (name: string) => `${name} sees this.`,
  cancel: "Cancel",
  mute: "Mute",
};

const DAY = 24 * 60;
export const MOST_MINUTES = 366 * DAY;
const OTHER = "other";

const options = [
  { value: "5", label: words.minutes(5) },
  { value: "15", label: words.minutes(15) },
  { value: String(LESSON), label: words.lesson },
  { value: "60", label: words.hour },
  { value: String(DAY), label: words.day },
  { value: String(7 * DAY), label: words.week },
  { value: OTHER, label: words.other },
];

/** Null: no number of minutes that can be. */
export function minutesOf(typed: string): number | null {
  const minutes = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : 0;
  return minutes >= 1 && minutes <= MOST_MINUTES ? minutes : null;
}

export interface MuteDialogProps {
  person: Participant;
  busy: boolean;
  error?: string | null;
  onMute: (minutes: number, reason: string) => void;
  onClose: () => void;
}

export function MuteDialog({ person, busy, error, onMute, onClose }: MuteDialogProps) {
  const id = useId();
  const [chosen, setChosen] = useState("60");
  const [typed, setTyped] = useState("30");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const name = shortName(person.display_name);
  const minutes = chosen === OTHER ? minutesOf(typed) : Number(chosen);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (minutes !== null && !busy) onMute(minutes, reason.trim());
  };
  const footer = (
    <>
      <Button variant="light" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="submit" form={id} variant="primary" busy={busy}>
        {words.mute}
      </Button>
    </>
  );
  return (
    <Modal open title={words.title(person.display_name)} sub={words.text(name)} onClose={onClose} footer={footer}>
      <form id={id} onSubmit={submit} noValidate>
        <FormError text={error} />
        <SelectField label={words.long} value={chosen} options={options} onChange={setChosen} disabled={busy} />
        {chosen === OTHER && (
          <TextField
            label={words.own}
            inputMode="numeric"
            maxLength={6}
            value={typed}
            onChange={setTyped}
            disabled={busy}
            error={tried && minutes === null ? words.ownProblem : null}
          />
        )}
        <TextArea
          label={words.reason}
          aside={words.optional}
          rows={2}
          maxLength={SIZES.reason}
          value={reason}
          onChange={setReason}
          disabled={busy}
          hint={{ text: words.reasonHint(name) }}
        />
      </form>
    </Modal>
  );
}
