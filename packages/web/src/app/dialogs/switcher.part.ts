// "Jump to" has to stand there at once: its file is fetched ahead, when the page has nothing else to do.
import { part } from "../part.tsx";

export const Switcher = part(() => import("./switcher.dialog.tsx").then((file) => file.SwitcherDialog));
