// What the browser's tab says: how much is unread, where one is, and a dot on the icon.
import { useEffect } from "react";

const APP = "Homeroom";
const ICONS = { plain: "/favicon.svg", unread: "/favicon-unread.svg" };

export const titleOf = (place: string | null, unread: number): string => {
  const count = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ` : "";
  return `${count}${place ? `${place} · ` : ""}${APP}`;
};

export function usePageTitle(place: string | null, unread = 0): void {
  useEffect(() => {
    document.title = titleOf(place, unread);
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = unread > 0 ? ICONS.unread : ICONS.plain;
    if (icon && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  }, [place, unread]);
}
