// The very first visit: the school's name and its first admin.
import { useState } from "react";
import { TextField } from "../../ui/text-field.tsx";
import { Entrance } from "./entrance.tsx";
import { type FormErrors, fieldError } from "./form-errors.ts";
import { accountProblems, emptyAccount, NewAccountFields, type NewAccountValues } from "./new-account-fields.tsx";

const words = {
  title: "Set up your school",
  lead: "You will be its first admin. This takes a minute.",
  school: "School name",
  code: "One-time code",
  codeHint: "The server printed it when it started.",
  noSchool: "Type the name of your school.",
  noCode: "Type the code that the server printed.",
  submit: "Set up Homeroom",
};

export interface SetupValues extends NewAccountValues {
  school_name: string;
  code?: string;
}

export interface SetupFormProps {
  /** The browser is on another machine: the server's printed code is wanted. */
  codeRequired: boolean;
  busy: boolean;
  errors?: FormErrors;
  onSubmit: (values: SetupValues) => void;
}

export function SetupForm({ codeRequired, busy, onSubmit, ...props }: SetupFormProps) {
  const [school, setSchool] = useState("");
  const [code, setCode] = useState("");
  const [account, setAccount] = useState(emptyAccount);
  const [incomplete, setIncomplete] = useState<FormErrors>();
  const errors = incomplete ?? props.errors;
  const submit = () => {
    const fields = accountProblems(account);
    if (!school.trim()) fields.school_name = [words.noSchool];
    if (codeRequired && !code.trim()) fields.code = [words.noCode];
    const found = Object.keys(fields).length > 0 ? { fields } : undefined;
    setIncomplete(found);
    if (!found) onSubmit({ ...account, school_name: school.trim(), ...(codeRequired && { code: code.trim() }) });
  };
  return (
    <Entrance
      schoolName={null}
      title={words.title}
      lead={words.lead}
      submitLabel={words.submit}
      busy={busy}
      errors={errors}
      onSubmit={submit}
    >
      <TextField
        label={words.school}
        name="school_name"
        autoComplete="organization"
        maxLength={100}
        value={school}
        onChange={setSchool}
        error={fieldError(errors, "school_name")}
      />
      {codeRequired && (
        <TextField
          code
          label={words.code}
          name="code"
          autoComplete="one-time-code"
          spellCheck={false}
          value={code}
          onChange={setCode}
          error={fieldError(errors, "code")}
          hint={{ text: words.codeHint }}
        />
      )}
      <NewAccountFields values={account} onChange={setAccount} errors={errors} />
    </Entrance>
  );
}
