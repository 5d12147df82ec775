// The desk of the app: rooms, the open room, a side panel; on phones one of them at a time, with tabs below the rooms.
import type { LucideIcon } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { Count } from "./badge.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { openHere } from "./open-here.ts";

/** The id that the skip link jumps to; the composer's text box carries it. */
export const messageBoxId = "message-box";
/** The id of the open room's sheet: where focus goes when there is no message box. */
export const mainId = "main-sheet";

const words = {
  skip: "Skip to message box",
  tabs: "Sections",
  unread: (count: number) => `${count} unread`,
};

export interface PhoneTab {
  key: string;
  label: string;
  icon: LucideIcon;
  active: boolean;
  href: string;
  /** What is new there; silent while it is open. */
  unread?: number;
  /** Draws the number in red: somebody wrote to me alone. */
  urgent?: boolean;
  onSelect: () => void;
}

/** What a phone shows: a section is a first screen like the rooms, in the main sheet and with the tabs below. */
export type Pane = "rooms" | "section" | "room" | "panel";

export interface AppFrameProps {
  /** Which pane a phone shows. */
  pane: Pane;
  connectionBar?: ReactNode;
  /** The rooms list: a `nav` with the class of RoomsList. */
  rooms: ReactNode;
  /** The accessible name of the main sheet: the room's name. */
  mainLabel: string;
  main: ReactNode;
  panel?: { label: string; content: ReactNode; onClose: () => void } | null;
  tabs?: PhoneTab[];
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  const target = document.getElementById(messageBoxId) ?? document.getElementById(mainId);
  target?.focus();
}

function Tab({ tab }: { tab: PhoneTab }) {
  const { label, icon, active, href, unread = 0, urgent = false, onSelect } = tab;
  const shown = active ? 0 : unread;
  return (
    <a
      className={classNames("hr-tab", active && "is-active")}
      href={href}
      aria-current={active ? "page" : undefined}
      onClick={openHere(onSelect)}
    >
      <Icon icon={icon} size={24} />
      {label}
      {shown > 0 && <span className="hr-vh">{words.unread(shown)}</span>}
      <Count value={shown} kind={urgent ? "coral" : "plain"} />
    </a>
  );
}

function Tabs({ tabs }: { tabs: PhoneTab[] }) {
  return (
    <nav className="hr-tabs" aria-label={words.tabs}>
      {tabs.map((tab) => (
        <Tab key={tab.key} tab={tab} />
      ))}
    </nav>
  );
}

export function AppFrame({ pane, connectionBar, rooms, mainLabel, main, panel, tabs = [] }: AppFrameProps) {
  return (
    <div className={classNames("hr-app", panel && "has-panel")} data-pane={pane}>
      <a className="hr-skip" href={`#${mainId}`} onClick={skip}>
        {words.skip}
      </a>
      {connectionBar}
      {rooms}
      <main id={mainId} className="hr-sheet" aria-label={mainLabel} tabIndex={-1}>
        {main}
      </main>
      {panel && (
        <>
          <div className="hr-panel-scrim" aria-hidden="true" onClick={panel.onClose} />
          <aside className="hr-sheet hr-panel" aria-label={panel.label}>
            {panel.content}
          </aside>
        </>
      )}
      {tabs.length > 1 && <Tabs tabs={tabs} />}
    </div>
  );
}
