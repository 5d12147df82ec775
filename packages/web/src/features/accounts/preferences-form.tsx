// How the page looks and what Enter does, on this device.
import { Checkbox } from "../../ui/checkbox.tsx";
import { Choice } from "../../ui/choice.tsx";
import type { Density, Preferences } from "../../ui/preferences.ts";
import type { ThemeSetting } from "../../ui/theme.ts";
import "../../styles/you.css";

const words = {
  theme: "Theme",
  light: "Light",
  dark: "Dark",
  system: "As on this device",
  density: "Size and space",
  comfortable: "Comfortable",
  compact: "Compact",
  large: "Large",
  letters: "Extra-legible letters",
  enter: "Enter makes a new line (Ctrl+Enter sends)",
};

const themes: { value: ThemeSetting; label: string }[] = [
  { value: "light", label: words.light },
  { value: "dark", label: words.dark },
  { value: "system", label: words.system },
];
const densities: { value: Density; label: string }[] = [
  { value: "compact", label: words.compact },
  { value: "comfortable", label: words.comfortable },
  { value: "large", label: words.large },
];

export interface PreferencesFormProps {
  theme: ThemeSetting;
  preferences: Preferences;
  onTheme: (theme: ThemeSetting) => void;
  onChange: (change: Partial<Preferences>) => void;
}

export function PreferencesForm({ theme, preferences, onTheme, onChange }: PreferencesFormProps) {
  return (
    <div className="hr-preferences">
      <Choice label={words.theme} value={theme} options={themes} onChange={onTheme} />
      <Choice
        label={words.density}
        value={preferences.density}
        options={densities}
        onChange={(density) => onChange({ density })}
      />
      <Checkbox
        label={words.letters}
        checked={preferences.letters === "legible"}
        onChange={(isOn) => onChange({ letters: isOn ? "legible" : "plain" })}
      />
      <Checkbox
        label={words.enter}
        checked={!preferences.enterSends}
        onChange={(isOn) => onChange({ enterSends: !isOn })}
      />
    </div>
  );
}
