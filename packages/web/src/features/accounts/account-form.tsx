// The dialog for one's own account: the name that others see, and the password.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type FormEvent, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Modal } from "../../ui/modal.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { fieldError, type FormErrors } from "./form-errors.ts";
import { passwordStrength } from "./password-strength.ts";

const words = {
  title: "Your account",
  name: "Your name",
  nameHint: "The class sees this name.",
  saveName: "Save name",
  current: "Current password",
  next: "New password",
  savePassword: "Change password",
  others: "Other devices are signed out when you change it.",
};

interface PartProps {
  busy: boolean;
  errors?: FormErrors;
}

export interface AccountFormProps {
  open: boolean;
  displayName: string;
  nameState: PartProps;
  passwordState: PartProps & { wrong: boolean };
  onName: (name: string) => void;
  onPassword: (current: string, next: string) => void;
  onClose: () => void;
}

function NamePart({ displayName, nameState, onName }: Pick<AccountFormProps, "displayName" | "nameState" | "onName">) {
  const [name, setName] = useState(displayName);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <FormError text={nameState.errors?.form} />
      <TextField
        label={words.name}
        autoComplete="name"
        maxLength={SIZES.display_name}
        value={name}
        onChange={setName}
        error={fieldError(nameState.errors, "display_name")}
        hint={{ text: words.nameHint }}
      />
      <Button type="submit" busy={nameState.busy} disabled={name.trim() === displayName || !name.trim()}>
        {words.saveName}
      </Button>
    </form>
  );
}

function PasswordPart({ passwordState, onPassword }: Pick<AccountFormProps, "passwordState" | "onPassword">) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { busy, errors, wrong } = passwordState;
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

export function AccountForm(props: AccountFormProps) {
  return (
    <Modal open={props.open} title={words.title} onClose={props.onClose}>
      <div className="hr-account">
        <NamePart {...props} />
        <hr />
        <PasswordPart {...props} />
      </div>
    </Modal>
  );
}
