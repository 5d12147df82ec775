// One line of text, or several, with its label, hint and error.
import type { ComponentPropsWithRef } from "react";
import { classNames } from "./class-names.ts";
import { FieldFrame, type FieldHint } from "./field.tsx";

export interface TextFieldProps extends Omit<ComponentPropsWithRef<"input">, "onChange" | "value" | "size" | "ref"> {
  label: string;
  aside?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  hint?: FieldHint | null;
  /** Wide letters, for codes that are read aloud and copied from a board. */
  code?: boolean;
  ref?: ComponentPropsWithRef<"input">["ref"];
}

export function TextField({ label, aside, value, onChange, error, hint, code = false, ...rest }: TextFieldProps) {
  const { className, ...attributes } = rest;
  return (
    <FieldFrame label={label} aside={aside} error={error} hint={hint}>
      {({ id, describedBy, invalid }) => (
        <input
          {...attributes}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          className={classNames("form-control", code && "hr-field-code", className)}
        />
      )}
    </FieldFrame>
  );
}

export interface TextAreaProps {
  label: string;
  aside?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  error?: string | null;
  hint?: FieldHint | null;
  rows?: number;
  maxLength?: number;
  disabled?: boolean;
}

export function TextArea({ label, aside, value, onChange, onBlur, error, hint, rows = 3, ...rest }: TextAreaProps) {
  return (
    <FieldFrame label={label} aside={aside} error={error} hint={hint}>
      {({ id, describedBy, invalid }) => (
        <textarea
          {...rest}
          rows={rows}
          id={id}
          value={value}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value)}
          className="form-control"
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
        />
      )}
    </FieldFrame>
  );
}
