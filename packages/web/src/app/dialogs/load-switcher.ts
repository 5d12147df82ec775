// "Jump to" has to stand there at once: its file is fetched ahead, when the page has nothing else to do.
export const loadSwitcher = () => import("./switcher.dialog.tsx").then((file) => file.SwitcherDialog);
