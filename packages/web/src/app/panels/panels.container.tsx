// The side panel beside the open room: one at a time, each with a file of its own that is fetched when it is needed.
import type { Me } from "@homeroom/protocol";
import { isMember, isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import { Panel as PanelFrame } from "../../ui/panel.tsx";
import { Button } from "../../ui/button.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { part, PartBoundary } from "../part.tsx";
import type { Panel } from "../router.ts";

const words = {
  members: "Members",
  requests: "Join requests",
  search: "Search",
  thread: "Thread",
  threads: "Threads",
  private: "Private chat",
  failed: "This part of the page did not arrive.",
  reload: "Load the page again",
};

const Members = part(() => import("./members.container.tsx").then((file) => file.MembersContainer));
const Requests = part(() => import("./requests.container.tsx").then((file) => file.RequestsContainer));
const Thread = part(() => import("./thread.container.tsx").then((file) => file.ThreadContainer));
const Private = part(() => import("../private/private-chat.container.tsx").then((file) => file.PrivateChat));
const Threads = part(() => import("../threads/threads.container.tsx").then((file) => file.ThreadsContainer));
const Search = part(() => import("./search.container.tsx").then((file) => file.SearchContainer));

/** Ahead of the first click, when the page has nothing else to do: a panel that is late takes nobody's focus then. */
export function preloadPanels(): void {
  for (const panel of [Members, Requests, Thread, Private, Threads, Search]) panel.preload();
}

export interface PanelOptions {
  panel: Panel;
  room: RoomState;
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

/** What stands in the panel, and what it is called; null where this person has no such panel. */
function contentOf({ panel, room, me, dialogs, onClose }: PanelOptions) {
  switch (panel.kind) {
    case "members": {
      const content = <Members room={room} me={me} dialogs={dialogs} onClose={onClose} />;
      return { label: words.members, content };
    }
    case "requests":
      return isModerator(room) ? { label: words.requests, content: <Requests room={room} onClose={onClose} /> } : null;
    case "search": {
      const content = <Search room={room} me={me} q={panel.q ?? ""} onClose={onClose} />;
      return { label: words.search, content };
    }
    case "threads":
      return { label: words.threads, content: <Threads me={me} onClose={onClose} /> };
    case "thread": {
      const content = <Thread key={panel.id} rootId={panel.id} {...{ room, me, dialogs, onClose }} />;
      return { label: words.thread, content };
    }
    case "private": {
      const content = <Private key={panel.id} id={panel.id} {...{ me, dialogs, onClose }} />;
      return { label: words.private, content };
    }
    default:
      return null;
  }
}

export function panelOf(options: PanelOptions) {
  if (!isMember(options.room)) return null;
  const shown = contentOf(options);
  if (!shown) return null;
  const { onClose } = options;
  const failed = (
    <PanelFrame title={shown.label} onClose={onClose}>
      <p className="hr-rooms-note">{words.failed}</p>
      <Button onClick={() => location.reload()}>{words.reload}</Button>
    </PanelFrame>
  );
  const waiting = (
    <PanelFrame title={shown.label} onClose={onClose}>
      {null}
    </PanelFrame>
  );
  const content = (
    <PartBoundary key={options.panel.kind} failed={failed} waiting={waiting}>
      {shown.content}
    </PartBoundary>
  );
  return { label: shown.label, content, onClose };
}
