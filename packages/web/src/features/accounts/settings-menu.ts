// What the "Settings" menu holds: the theme, and signing out.
import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import type { MenuItem } from "../../ui/menu.tsx";
import type { ThemeSetting } from "../../ui/theme.ts";

const words = { theme: "Theme", light: "Light", dark: "Dark", system: "As on this device", signOut: "Sign out" };

export interface SettingsMenuOptions {
  theme: ThemeSetting;
  onTheme: (theme: ThemeSetting) => void;
  onSignOut: () => void;
}

export function settingsMenu({ theme, onTheme, onSignOut }: SettingsMenuOptions): MenuItem[] {
  const choice = (value: ThemeSetting, icon: MenuItem["icon"], header?: string): MenuItem => ({
    key: value,
    label: words[value],
    icon,
    header,
    checked: theme === value,
    onSelect: () => onTheme(value),
  });
  return [
    choice("light", Sun, words.theme),
    choice("dark", Moon),
    choice("system", Monitor),
    { key: "sign-out", label: words.signOut, icon: LogOut, divider: true, onSelect: onSignOut },
  ];
}
