// The keys of the whole client in one table: what binds them reads it, and so does the sheet that lists them.

export type Where = "anywhere" | "rooms" | "list" | "composer";

export interface Shortcut {
  readonly id: string;
  readonly where: Where;
  /** Alternatives, written as "Mod+Shift+X". Mod is Ctrl, and ⌘ on Apple's machines. */
  readonly keys: readonly string[];
  readonly label: string;
}

const table = [
  { id: "switcher", where: "anywhere", keys: ["Mod+K"], label: "Jump to a room or a person" },
  { id: "sheet", where: "anywhere", keys: ["Mod+/", "?"], label: "Show these shortcuts" },
  { id: "room-before", where: "anywhere", keys: ["Alt+ArrowUp"], label: "Room before" },
  { id: "room-after", where: "anywhere", keys: ["Alt+ArrowDown"], label: "Room after" },
  { id: "unread-before", where: "anywhere", keys: ["Alt+Shift+ArrowUp"], label: "Unread room before" },
  { id: "unread-after", where: "anywhere", keys: ["Alt+Shift+ArrowDown"], label: "Unread room after" },
  { id: "region-after", where: "anywhere", keys: ["F6", "Ctrl+F6"], label: "Next part of the page" },
  { id: "region-before", where: "anywhere", keys: ["Shift+F6", "Ctrl+Shift+F6"], label: "Part of the page before" },
  { id: "search", where: "anywhere", keys: ["Mod+Shift+F"], label: "Search the room" },
  { id: "close", where: "anywhere", keys: ["Escape"], label: "Close what is on top, else mark the room read" },
  { id: "row-move", where: "rooms", keys: ["ArrowUp", "ArrowDown"], label: "Move between rooms" },
  { id: "row-ends", where: "rooms", keys: ["Home", "End"], label: "First and last room" },
  { id: "row-open", where: "rooms", keys: ["Enter"], label: "Open the room" },
  { id: "section-fold", where: "rooms", keys: ["ArrowLeft", "ArrowRight"], label: "Fold and unfold a section" },
  { id: "move", where: "list", keys: ["ArrowUp", "ArrowDown"], label: "Move between messages" },
  { id: "pages", where: "list", keys: ["PageUp", "PageDown"], label: "A page up or down" },
  { id: "ends", where: "list", keys: ["Home", "End"], label: "First and last message" },
  { id: "actions", where: "list", keys: ["Enter"], label: "What can be done with the message" },
  { id: "reply", where: "list", keys: ["R"], label: "Reply with quote" },
  { id: "thread", where: "list", keys: ["T"], label: "Reply in thread" },
  { id: "private", where: "list", keys: ["P"], label: "Reply privately" },
  { id: "edit", where: "list", keys: ["E"], label: "Edit" },
  { id: "react", where: "list", keys: ["+"], label: "Add reaction" },
  { id: "copy", where: "list", keys: ["C"], label: "Copy text" },
  { id: "delete", where: "list", keys: ["Delete"], label: "Delete" },
  { id: "oldest-unread", where: "list", keys: ["Shift+PageUp"], label: "Oldest unread message" },
  { id: "send", where: "composer", keys: ["Enter", "Mod+Enter"], label: "Send" },
  { id: "line", where: "composer", keys: ["Shift+Enter"], label: "New line" },
  { id: "edit-last", where: "composer", keys: ["ArrowUp"], label: "Edit my last message, from an empty box" },
  { id: "leave", where: "composer", keys: ["Escape"], label: "Leave the reply or the edit" },
  { id: "files", where: "composer", keys: ["Mod+U"], label: "Add files" },
  { id: "bold", where: "composer", keys: ["Mod+B"], label: "Bold" },
  { id: "italic", where: "composer", keys: ["Mod+I"], label: "Italic" },
  { id: "code", where: "composer", keys: ["Mod+E"], label: "Code" },
  { id: "strike", where: "composer", keys: ["Mod+Shift+X"], label: "Strike through" },
  { id: "mention", where: "composer", keys: ["@"], label: "Mention somebody" },
  { id: "emoji", where: "composer", keys: [":"], label: "Emoji by name" },
  { id: "room", where: "composer", keys: ["#"], label: "Name a room" },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof table)[number]["id"];
export const shortcuts: readonly Shortcut[] = table;

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const isApple = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** Characters that are typed with Shift on some keyboards and without on others. */
const isSign = (key: string) => key.length === 1 && key.toLowerCase() === key.toUpperCase();

function isPressed(combination: string, event: Pressed, apple: boolean): boolean {
  const parts = combination === "+" ? ["+"] : combination.split("+");
  const key = parts.at(-1) ?? "";
  const has = (name: string) => parts.slice(0, -1).includes(name);
  const mod = has("Mod");
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    event.ctrlKey === (has("Ctrl") || (mod && !apple)) &&
    event.metaKey === (mod && apple) &&
    event.altKey === has("Alt") &&
    (event.shiftKey === has("Shift") || isSign(key))
  );
}

/** The shortcut of this part of the page that the keys mean, or null. */
export function shortcutOf(where: Where, event: Pressed, apple = isApple()): ShortcutId | null {
  const found = table.find(
    (entry) => entry.where === where && entry.keys.some((keys) => isPressed(keys, event, apple)),
  );
  return found?.id ?? null;
}

const faces: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageUp: "Page up",
  PageDown: "Page down",
  Delete: "Del",
};

/** A combination as the keys say it: ["Ctrl", "K"]. */
export function facesOf(combination: string, apple = isApple()): string[] {
  if (combination === "+") return ["+"];
  return combination.split("+").map((part) => {
    if (part === "Mod") return apple ? "⌘" : "Ctrl";
    if (part === "Alt" && apple) return "⌥";
    return faces[part] ?? part;
  });
}

/** The usual combination of a shortcut. */
export const keysOf = (id: ShortcutId): string => shortcuts.find((one) => one.id === id)?.keys[0] ?? "";

/** As `aria-keyshortcuts` wants it. */
export const ariaKeysOf = (combination: string, apple = isApple()): string =>
  combination.replace("Mod", apple ? "Meta" : "Control").replace("Ctrl", "Control");
