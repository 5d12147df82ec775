// What one changes about one's own account: the name that others see, the e-mail address, the password.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type FormEvent, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { fieldError, type FormErrors } from "./form-errors.ts";
import { passwordStrength } from "./password-strength.ts";

const words = {
  name: "Your name",
  nameHint: "The class sees this name.",
  email: "E-mail",
  emailHint: "Only the school sees it. You can sign in with it.",
  save: "Save",
  current: "Current password",
  next: "New password",
  savePassword: "Change password",
  others: "Other devices are signed out when you change it.",
};

export interface Profile {
  display_name: string;
  email: string | null;
}

export interface ProfileFormProps {
  profile: Profile;
  busy: boolean;
  errors?: FormErrors;
  /** With what has changed, and nothing else. */
  onSave: (changed: Partial<Profile>) => void;
}

export function ProfileForm({ profile, busy, errors, onSave }: ProfileFormProps) {
  const [name, setName] = useState(profile.display_name);
  const [email, setEmail] = useState(profile.email ?? "");
  const changed: Partial<Profile> = {
    ...(name.trim() !== profile.display_name && { display_name: name.trim() }),
    ...(email.trim() !== (profile.email ?? "") && { email: email.trim() || null }),
  };
  const isChanged = Object.keys(changed).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && name.trim()) onSave(changed);
  };
  return (
    <form onSubmit={submit} noValidate>
      <FormError text={errors?.form} />
      <TextField
        label={words.name}
        autoComplete="name"
        maxLength={SIZES.display_name}
        value={name}
        onChange={setName}
        error={fieldError(errors, "display_name")}
        hint={{ text: words.nameHint }}
      />
      <TextField
        label={words.email}
        type="email"
        autoComplete="email"
        value={email}
        onChange={setEmail}
        error={fieldError(errors, "email")}
        hint={{ text: words.emailHint }}
      />
      <Button type="submit" busy={busy} disabled={!isChanged || !name.trim()}>
        {words.save}
      </Button>
    </form>
  );
}

export interface PasswordFormProps {
  busy: boolean;
  errors?: FormErrors;
  /** It was the current password that was refused. */
  wrong: boolean;
  onPassword: (current: string, next: string) => void;
}

export function PasswordForm({ busy, errors, wrong, onPassword }: PasswordFormProps) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const strength = passwordStrength(next);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPassword(current, next);
  };
  return (
    <form onSubmit={submit} noValidate>
      <FormError text={wrong ? null : errors?.form} />
      <PasswordField
        label={words.current}
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={wrong ? (errors?.form ?? null) : fieldError(errors, "current_password")}
      />
      <PasswordField
        label={words.next}
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        error={fieldError(errors, "new_password")}
        strength={strength.bars}
        hint={{ text: next ? strength.text : words.others }}
      />
      <Button type="submit" busy={busy} disabled={!current || [...next].length < SIZES.password_min}>
        {words.savePassword}
      </Button>
    </form>
  );
}
