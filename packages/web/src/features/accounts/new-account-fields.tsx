// The fields that every new account needs: the name others see, the name to sign in with, a password.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type FormErrors, fieldError } from "./form-errors.ts";
import { passwordStrength } from "./password-strength.ts";

const words = {
  name: "Your name",
  nameHint: "The class sees this name.",
  username: "User name",
  usernameHint: "You sign in with it. Letters, digits, dots and dashes.",
  password: "Password",
  noName: "Type your name.",
  noUsername: "Choose a user name.",
  shortPassword: `Must have at least ${SIZES.password_min} characters.`,
};

export interface NewAccountValues {
  display_name: string;
  username: string;
  password: string;
}

export const emptyAccount: NewAccountValues = { display_name: "", username: "", password: "" };

/** What is missing before the server needs to be asked. */
export function accountProblems(values: NewAccountValues): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  if (!values.display_name.trim()) fields.display_name = [words.noName];
  if (!values.username.trim()) fields.username = [words.noUsername];
  if ([...values.password].length < SIZES.password_min) fields.password = [words.shortPassword];
  return fields;
}

export interface NewAccountFieldsProps {
  values: NewAccountValues;
  onChange: (values: NewAccountValues) => void;
  errors?: FormErrors;
}

export function NewAccountFields({ values, onChange, errors }: NewAccountFieldsProps) {
  const strength = passwordStrength(values.password);
  return (
    <>
      <TextField
        label={words.name}
        name="display_name"
        autoComplete="name"
        maxLength={SIZES.display_name}
        value={values.display_name}
        onChange={(display_name) => onChange({ ...values, display_name })}
        error={fieldError(errors, "display_name")}
        hint={{ text: words.nameHint }}
      />
      <TextField
        label={words.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        value={values.username}
        onChange={(username) => onChange({ ...values, username })}
        error={fieldError(errors, "username")}
        hint={{ text: words.usernameHint }}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="new-password"
        value={values.password}
        onChange={(password) => onChange({ ...values, password })}
        error={fieldError(errors, "password")}
        strength={strength.bars}
        hint={{ text: strength.text }}
      />
    </>
  );
}
