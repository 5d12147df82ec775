// The layout of signing in, signing up and setting up: the school's board, and beside it one form.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Chalkboard } from "../../ui/chalkboard.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Logo } from "../../ui/logo.tsx";
import type { FormErrors } from "./form-errors.ts";
import "../../styles/entrance.css";

const words = {
  app: "Homeroom",
  caption: "Your classes, groups and questions, in one calm place that belongs to your school.",
  morning: "Good morning!",
  day: "Good afternoon!",
  evening: "Good evening!",
};

export interface EntranceProps {
  schoolName: string | null;
  title: string;
  lead: string;
  submitLabel: string;
  busy: boolean;
  errors?: FormErrors;
  onSubmit: () => void;
  /** Under the form: the way to the other form. */
  otherwise?: ReactNode;
  children: ReactNode;
}

function greeting(hour: number): string {
  if (hour < 12) return words.morning;
  return hour < 18 ? words.day : words.evening;
}

/** After a refusal the focus goes to the first field that is wrong. */
function useFocusOnError(errors: FormErrors | undefined) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return form;
}

export function Entrance(props: EntranceProps) {
  const { schoolName, title, lead, submitLabel, busy, errors, onSubmit, otherwise, children } = props;
  const form = useFocusOnError(errors);
  const [hour] = useState(() => new Date().getHours());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <div className="hr-entrance">
      <Chalkboard greeting={greeting(hour)} caption={words.caption} />
      <main className="hr-entrance-side">
        <div className="hr-entrance-card">
          <div className="hr-brand">
            <Logo />
            <span>
              {words.app}
              {schoolName && <small>{schoolName}</small>}
            </span>
          </div>
          <h1>{title}</h1>
          <p className="hr-entrance-lead">{lead}</p>
          <form ref={form} onSubmit={submit} noValidate>
            <FormError text={errors?.form} />
            {children}
            <Button type="submit" variant="primary" size="lg" busy={busy}>
              {submitLabel}
            </Button>
          </form>
          {otherwise && <p className="hr-entrance-else">{otherwise}</p>}
        </div>
      </main>
    </div>
  );
}
