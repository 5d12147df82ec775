// Sets the theme before the first paint. A file of its own, because the content policy forbids inline scripts.
// Loaded with a plain script tag in the head, so it blocks for the few microseconds it takes.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function setting() {
    try {
      const stored = localStorage.getItem("hr-theme");
      return stored === "light" || stored === "dark" ? stored : "system";
    } catch {
      return "system"; // storage is blocked: follow the device
    }
  }

  function apply() {
    const chosen = setting();
    root.dataset.bsTheme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  }

  apply();
  dark.addEventListener("change", apply);
  // Another tab changed the setting, or this one did and says so with this event.
  window.addEventListener("storage", apply);
  window.addEventListener("hr-theme", apply);
})();
