// Sets the theme, the density and the letters before the first paint. A file of its own, because the content policy forbids inline scripts.
// Loaded with a plain script tag in the head, so it blocks for the few microseconds it takes.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored(key, ...allowed) {
    try {
      const value = localStorage.getItem(key);
      return allowed.includes(value) ? value : undefined;
    } catch {
      return undefined; // storage is blocked: follow the device
    }
  }

  function set(name, value) {
    if (value === undefined) delete root.dataset[name];
    else root.dataset[name] = value;
  }

  function apply() {
    root.dataset.bsTheme = stored("hr-theme", "light", "dark") ?? (dark.matches ? "dark" : "light");
    set("hrDensity", stored("hr-density", "compact", "large"));
    set("hrLetters", stored("hr-letters", "legible"));
  }

  apply();
  dark.addEventListener("change", apply);
  // Another tab changed the setting, or this one did and says so with this event.
  window.addEventListener("storage", apply);
  window.addEventListener("hr-theme", apply);
})();
