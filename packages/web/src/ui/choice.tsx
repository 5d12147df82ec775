// One of a few: radio buttons in a row, that look like the parts of one control.
import { useId } from "react";
import { classNames } from "./class-names.ts";
import "../styles/choice.css";

export interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: string;
}

export function Choice<T extends string>({ label, value, options, onChange, hint }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="hr-choice" aria-describedby={hint && `${name}-hint`}>
      <legend className="form-label">{label}</legend>
      <div className="hr-choice-row">
        {options.map((option) => (
          <label key={option.value} className={classNames("hr-choice-one", option.value === value && "is-chosen")}>
            <input
              type="radio"
              className="hr-vh"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && (
        <div className="hr-field-hint" id={`${name}-hint`}>
          {hint}
        </div>
      )}
    </fieldset>
  );
}
