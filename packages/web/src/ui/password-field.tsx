// A password: can be shown, warns of caps lock, and says in words how strong a new one is.
import { Eye, EyeOff } from "lucide-react";
import { type ComponentPropsWithRef, type KeyboardEvent, useState } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { FieldFrame, type FieldHint } from "./field.tsx";

const words = { show: "Show password", hide: "Hide password", capsLock: "Caps lock is on." };

export interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  error?: string | null;
  hint?: FieldHint | null;
  /** 0 to 4 bars; leave out where an old password is typed. */
  strength?: number;
  disabled?: boolean;
  name?: string;
  ref?: ComponentPropsWithRef<"input">["ref"];
}

function Strength({ bars }: { bars: number }) {
  return (
    <div className="hr-strength" aria-hidden="true">
      {[1, 2, 3, 4].map((bar) => (
        <i key={bar} className={classNames(bar <= bars && "is-on")} />
      ))}
    </div>
  );
}

export function PasswordField({ label, value, onChange, error, hint, strength, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  const shownHint: FieldHint | null | undefined = capsLock ? { text: words.capsLock, tone: "note" } : hint;
  return (
    <FieldFrame
      label={label}
      error={error}
      hint={shownHint}
      extra={strength === undefined ? null : <Strength bars={strength} />}
    >
      {({ id, describedBy, invalid }) => (
        <div className="hr-with-icon">
          <input
            {...rest}
            id={id}
            type={shown ? "text" : "password"}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={watch}
            onKeyUp={watch}
            onBlur={() => setCapsLock(false)}
            spellCheck={false}
            autoCapitalize="none"
            className="form-control"
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
          <IconButton
            label={shown ? words.hide : words.show}
            icon={shown ? EyeOff : Eye}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </FieldFrame>
  );
}
