// Copying text. A school's own server may be reached without TLS, and there browsers have no clipboard to write to.

/** The old way: text in a box that nobody sees, marked, and the browser's own command. */
function copyMarked(text: string): boolean {
  const focused = document.activeElement;
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "hr-vh";
  // Dialogs let the focus out of themselves nowhere, so the box stands where the focus is.
  (focused?.closest(".modal") ?? document.body).append(box);
  box.select();
  // deprecated, and in every browser the only way there
  const isDone = document.execCommand("copy");
  box.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isDone;
}

/** False: the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (!("clipboard" in navigator)) return copyMarked(text);
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
