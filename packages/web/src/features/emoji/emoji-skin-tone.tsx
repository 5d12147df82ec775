// Which skin tone hands and people have in the picker, for this person on this device.
import { useRef, useState } from "react";
import { SKIN_TONES, type SkinTone } from "./emoji-memory.ts";

const words = {
  label: "Skin tone",
  tones: {
    none: "No skin tone",
    light: "Light",
    "medium-light": "Medium-light",
    medium: "Medium",
    "medium-dark": "Medium-dark",
    dark: "Dark",
  } satisfies Record<SkinTone, string>,
};

export interface SkinToneChoiceProps {
  tone: SkinTone;
  onChange: (tone: SkinTone) => void;
  /** A hand in that tone. */
  show: (tone: SkinTone) => string;
}

export function SkinToneChoice({ tone, onChange, show }: SkinToneChoiceProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (next: SkinTone) => {
    onChange(next);
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="hr-picker-tone">
      {open && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset has borders and margins that no style fully takes away
        <div role="group" aria-label={words.label} className="hr-picker-tones">
          {SKIN_TONES.map((one) => (
            <button
              key={one}
              type="button"
              aria-label={words.tones[one]}
              title={words.tones[one]}
              aria-pressed={one === tone}
              onClick={() => choose(one)}
            >
              {show(one)}
            </button>
          ))}
        </div>
      )}
      <button
        ref={button}
        type="button"
        aria-label={`${words.label}: ${words.tones[tone]}`}
        title={words.label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {show(tone)}
      </button>
    </div>
  );
}
