// Signing in with a user name or an e-mail address.
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Entrance } from "./entrance.tsx";
import { type FormErrors, fieldError } from "./form-errors.ts";

const words = {
  title: "Sign in",
  lead: "With the name your school gave you.",
  username: "User name or e-mail",
  password: "Password",
  submit: "Sign in",
  newHere: "New here?",
  withCode: "Use your class code",
  register: "Make an account",
  wrong: "Name and password don’t match. Check the caps lock key.",
  noName: "Type your user name or e-mail.",
  noPassword: "Type your password.",
};

export interface LoginValues {
  username: string;
  password: string;
}

export interface LoginFormProps {
  schoolName: string | null;
  /** Which way in there is for people without an account. */
  registration: "open" | "invite" | "closed";
  busy: boolean;
  errors?: FormErrors;
  /** The server knows no such name with that password: one message for both fields. */
  credentialsWrong?: boolean;
  onSubmit: (values: LoginValues) => void;
  onRegister: () => void;
}

function missing(values: LoginValues): FormErrors | undefined {
  const fields: Record<string, string[]> = {};
  if (!values.username.trim()) fields.username = [words.noName];
  if (!values.password) fields.password = [words.noPassword];
  return Object.keys(fields).length > 0 ? { fields } : undefined;
}

export function LoginForm(props: LoginFormProps) {
  const { schoolName, registration, busy, credentialsWrong = false, onSubmit, onRegister } = props;
  const [values, setValues] = useState<LoginValues>({ username: "", password: "" });
  const [incomplete, setIncomplete] = useState<FormErrors>();
  const errors = incomplete ?? props.errors;
  const submit = () => {
    const found = missing(values);
    setIncomplete(found);
    if (!found) onSubmit({ ...values, username: values.username.trim() });
  };
  const otherwise = registration !== "closed" && (
    <>
      {words.newHere}{" "}
      <Button variant="link" onClick={onRegister}>
        {registration === "open" ? words.register : words.withCode}
      </Button>
    </>
  );
  const wrong = credentialsWrong && !incomplete;
  return (
    <Entrance
      schoolName={schoolName}
      title={words.title}
      lead={words.lead}
      submitLabel={words.submit}
      busy={busy}
      errors={errors}
      onSubmit={submit}
      otherwise={otherwise}
    >
      <TextField
        label={words.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={values.username}
        onChange={(username) => setValues({ ...values, username })}
        error={fieldError(errors, "username")}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        value={values.password}
        onChange={(password) => setValues({ ...values, password })}
        error={wrong ? words.wrong : fieldError(errors, "password")}
      />
    </Entrance>
  );
}
