// The theme setting: kept on this device, applied by the small script in the page's head (public/theme.js).
export type ThemeSetting = "light" | "dark" | "system";

const key = "hr-theme";

export function getThemeSetting(): ThemeSetting {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function setThemeSetting(setting: ThemeSetting): void {
  try {
    localStorage.setItem(key, setting);
  } catch {
    // storage is blocked: the choice lasts no longer than this page, which follows the device
  }
  window.dispatchEvent(new Event("hr-theme"));
}
