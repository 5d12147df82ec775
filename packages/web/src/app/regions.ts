// The parts of the page that F6 goes through: rooms, messages, message box, details.

/** In the order of the keys; the first that matches and can be seen stands for the region. */
const REGIONS: readonly string[] = [
  "nav.hr-rooms [aria-current='page'], nav.hr-rooms a[href], nav.hr-rooms button",
  "main [role='log'] article[tabindex='0'], main [role='log'], main h1, main h2",
  "main textarea",
  "aside textarea, aside input, aside h2",
];
const HOMES = ["nav.hr-rooms", "main [role='log'], main .hr-head", "main .hr-composer", "aside"];

const isSeen = (element: HTMLElement) => element.getClientRects().length > 0;

const targetOf = (selector: string): HTMLElement | undefined =>
  selector
    .split(", ")
    .flatMap((one) => [...document.querySelectorAll<HTMLElement>(one)])
    .find(isSeen);

/** Gives the focus to the next part of the page that is on the screen. */
export function nextRegion(step: 1 | -1): boolean {
  const here = HOMES.findIndex((home) => document.activeElement?.closest(home));
  const count = REGIONS.length;
  const start = here < 0 && step < 0 ? 0 : here;
  for (let hop = 1; hop <= count; hop += 1) {
    const target = targetOf(REGIONS[(start + step * hop + count * 2) % count] ?? "");
    if (!target) continue;
    if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus();
    return true;
  }
  return false;
}
