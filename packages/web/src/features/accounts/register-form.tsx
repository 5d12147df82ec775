// Making an account, with the class code where the school wants one.
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Entrance } from "./entrance.tsx";
import { type FormErrors, fieldError } from "./form-errors.ts";
import { accountProblems, emptyAccount, NewAccountFields, type NewAccountValues } from "./new-account-fields.tsx";

const words = {
  titleCode: "Join with your class code",
  leadCode: "Your teacher has the code.",
  titleOpen: "Make your account",
  leadOpen: "For everyone at this school.",
  code: "Class code",
  optional: "optional",
  noCode: "Type the code that your teacher gave you.",
  submit: "Create my account",
  have: "Already have one?",
  signIn: "Sign in",
};

export interface RegisterValues extends NewAccountValues {
  /** Left out when no code was typed. */
  invite_code?: string;
}

export interface RegisterFormProps {
  schoolName: string | null;
  /** "invite": nobody without a code. */
  registration: "open" | "invite";
  /** From a link that carries the code. */
  initialCode?: string;
  busy: boolean;
  errors?: FormErrors;
  onSubmit: (values: RegisterValues) => void;
  /** With the code that was typed, so that it can be used after signing in. */
  onSignIn: (code: string) => void;
}

export function RegisterForm(props: RegisterFormProps) {
  const { schoolName, registration, initialCode = "", busy, onSubmit, onSignIn } = props;
  const [code, setCode] = useState(initialCode);
  const [account, setAccount] = useState(emptyAccount);
  const [incomplete, setIncomplete] = useState<FormErrors>();
  const errors = incomplete ?? props.errors;
  const needsCode = registration === "invite";
  const submit = () => {
    const fields = accountProblems(account);
    if (needsCode && !code.trim()) fields.invite_code = [words.noCode];
    const found = Object.keys(fields).length > 0 ? { fields } : undefined;
    setIncomplete(found);
    if (!found) onSubmit({ ...account, ...(code.trim() && { invite_code: code.trim() }) });
  };
  const otherwise = (
    <>
      {words.have}{" "}
      <Button variant="link" onClick={() => onSignIn(code)}>
        {words.signIn}
      </Button>
    </>
  );
  return (
    <Entrance
      schoolName={schoolName}
      title={needsCode ? words.titleCode : words.titleOpen}
      lead={needsCode ? words.leadCode : words.leadOpen}
      submitLabel={words.submit}
      busy={busy}
      errors={errors}
      onSubmit={submit}
      otherwise={otherwise}
    >
      <TextField
        code
        label={words.code}
        {...(!needsCode && { aside: words.optional })}
        name="invite_code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
        value={code}
        onChange={setCode}
        error={fieldError(errors, "invite_code")}
      />
      <NewAccountFields values={account} onChange={setAccount} errors={errors} />
    </Entrance>
  );
}
