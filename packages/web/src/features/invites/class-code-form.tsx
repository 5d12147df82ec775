// One field for the code that a teacher gave, for somebody who has an account already.
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { TextField } from "../../ui/text-field.tsx";
import "../../styles/invite.css";

const words = {
  code: "Class code",
  hint: "Your teacher has the code.",
  missing: "Type the code that your teacher gave you.",
  enter: "Enter the room",
};

export interface ClassCodeFormProps {
  /** From a link that carries the code. */
  initialCode?: string | undefined;
  busy: boolean;
  /** A sentence about something else than the code. */
  error?: string | null;
  /** A sentence about the code itself. */
  codeError?: string | null;
  /** Takes the focus when it is drawn. */
  focused?: boolean;
  onSubmit: (code: string) => void;
}

export function ClassCodeForm(props: ClassCodeFormProps) {
  const { initialCode = "", busy, error, codeError, focused = false, onSubmit } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState(initialCode);
  const [isMissing, setMissing] = useState(false);
  const problem = isMissing ? words.missing : codeError;
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  useEffect(() => {
    if (codeError) field.current?.focus();
  }, [codeError]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!code.trim());
    if (!code.trim()) field.current?.focus();
    else if (!busy) onSubmit(code.trim());
  };
  const change = (typed: string) => {
    setCode(typed);
    setMissing(false);
  };
  return (
    <form id={id} className="hr-code-form" onSubmit={submit} noValidate>
      <FormError text={error} />
      <TextField
        ref={field}
        code
        label={words.code}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
        value={code}
        onChange={change}
        error={problem ?? null}
        hint={{ text: words.hint }}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {words.enter}
      </Button>
    </form>
  );
}
