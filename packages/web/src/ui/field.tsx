// The frame of a form field: label above, error or hint below, tied together for assistive technology.
import { type LucideIcon, TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import "../styles/bootstrap-field.scss";

export interface FieldHint {
  text: ReactNode;
  tone?: "plain" | "good" | "note";
  icon?: LucideIcon;
}

export interface FieldFrameProps {
  label: string;
  /** Said quietly after the label, as "optional". */
  aside?: ReactNode;
  error?: string | null;
  hint?: FieldHint | null;
  /** Between the control and its hint. */
  extra?: ReactNode;
  children: (control: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
}

export function FieldFrame({ label, aside, error, hint, extra, children }: FieldFrameProps) {
  const id = useId();
  const errorId = error ? `${id}-error` : undefined;
  const hintId = hint ? `${id}-hint` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className="hr-field">
      <div className="hr-field-head">
        <label className="form-label" htmlFor={id}>
          {label}
        </label>
        {aside && <span className="hr-muted hr-small">{aside}</span>}
      </div>
      {children({ id, describedBy, invalid: Boolean(error) })}
      {extra}
      {error && (
        <div className="hr-field-error" id={errorId}>
          <Icon icon={TriangleAlert} size={16} />
          <span>{error}</span>
        </div>
      )}
      {hint && (
        <div className={classNames("hr-field-hint", hint.tone && `is-${hint.tone}`)} id={hintId}>
          {hint.icon && <Icon icon={hint.icon} size={16} />}
          <span>{hint.text}</span>
        </div>
      )}
    </div>
  );
}
