// The list of threads, connected: as a panel beside a room, and as a section on the main sheet.
import type { Me, Message } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { useMemo, useState } from "react";
import { followedRoots } from "../../features/messages/followed.state.ts";
import { type Place, privatePlace, repliesPlace } from "../../features/messages/place.ts";
import { plainLine } from "../../features/messages/text-format.ts";
import { listThreads } from "../../features/private-threads/private-threads.state.ts";
import { isMember } from "../../features/rooms/rooms.state.ts";
import { privateItem, replyItem, type ThreadItem } from "../../features/threads/thread-items.ts";
import { type ListStatus, type ThreadTab, ThreadsView } from "../../features/threads/threads-view.tsx";
import { Panel as PanelFrame } from "../../ui/panel.tsx";
import { loadPrivateThreads } from "../actions/private-threads.ts";
import { markAllRead } from "../actions/reading.ts";
import { loadFollowed } from "../actions/reply-threads.ts";
import { type Core, update } from "../core.ts";
import { goTo, hrefOf, type Route } from "../router.ts";
import { useApp, useClient } from "../store.ts";

const words = { title: "Threads", private: "Private chats" };

/** Its words without their marks; without words, what its files are. */
const textOf = ({ content, attachments }: Pick<Message, "content" | "attachments">): string =>
  plainLine(content) || fileWords(attachments);

const statusOf = ({ isLoaded, hasFailed }: { isLoaded: boolean; hasFailed: boolean }): ListStatus => {
  if (isLoaded) return "ready";
  return hasFailed ? "error" : "loading";
};

/** The threads of replies that I write in or follow. */
function useReplies() {
  const followed = useApp((state) => state.followed);
  const rooms = useApp((state) => state.rooms.byId);
  const items = useMemo(
    () =>
      followedRoots(followed).map((root) => {
        const room = rooms[root.room];
        const options = { roomName: room?.name ?? "", closed: room?.is_active === false };
        return replyItem(root, { ...options, text: textOf(root) });
      }),
    [followed, rooms],
  );
  return { items, status: statusOf(followed) };
}

function usePrivate(me: Me) {
  const threads = useApp((state) => state.threads);
  const rooms = useApp((state) => state.rooms.byId);
  const items = useMemo(
    () =>
      listThreads(threads).map((thread) => {
        const text = thread.last_message ? textOf(thread.last_message) : "";
        return privateItem(thread, { me, text, roomName: rooms[thread.room]?.name ?? "" });
      }),
    [threads, rooms, me],
  );
  return { items, status: statusOf(threads) };
}

/** Beside its room; a private chat whose room I have left is read on the main sheet. */
function useRoutes() {
  const rooms = useApp((state) => state.rooms.byId);
  return (tab: ThreadTab, { id, room }: ThreadItem): Route => {
    if (tab === "rooms") return { name: "room", id: room.id, panel: { kind: "thread", id } };
    if (!isMember(rooms[room.id])) return { name: "private", id };
    return { name: "room", id: room.id, panel: { kind: "private", id } };
  };
}

const placeOf = (tab: ThreadTab, { id, room }: ThreadItem): Place =>
  tab === "rooms" ? repliesPlace(room.id, id) : privatePlace(id);

function retry(core: Core, tab: ThreadTab): void {
  const again = { hasFailed: false };
  if (tab === "rooms") {
    update(core, (state) => ({ ...state, followed: { ...state.followed, ...again } }));
    void loadFollowed(core);
  } else {
    update(core, (state) => ({ ...state, threads: { ...state.threads, ...again } }));
    void loadPrivateThreads(core);
  }
}

interface ThreadsProps {
  me: Me;
  tab: ThreadTab;
  onTab: (tab: ThreadTab) => void;
  level?: 2 | 3;
}

function Threads({ me, tab, onTab, level = 3 }: ThreadsProps) {
  const client = useClient();
  const lists = { rooms: useReplies(), private: usePrivate(me) };
  const routeTo = useRoutes();
  return (
    <ThreadsView
      tab={tab}
      onTab={onTab}
      level={level}
      lists={lists}
      hrefFor={(of, item) => hrefOf(routeTo(of, item))}
      onOpen={(of, item) => goTo(routeTo(of, item))}
      onRetry={(of) => retry(client, of)}
      onMarkAll={(of, items) => {
        for (const item of items) markAllRead(client, placeOf(of, item));
      }}
    />
  );
}

/** Which tab was looked at last: who comes back from a conversation finds the list as it was. */
let lastTab: ThreadTab = "rooms";

export function ThreadsContainer({ me, onClose }: { me: Me; onClose: () => void }) {
  const [tab, setTab] = useState(lastTab);
  const choose = (next: ThreadTab) => {
    lastTab = next;
    setTab(next);
  };
  return (
    <PanelFrame title={words.title} onClose={onClose}>
      <Threads me={me} tab={tab} onTab={choose} />
    </PanelFrame>
  );
}

const sections = { rooms: "threads", private: "private" } as const;

/** The tab is part of the address. */
export function ThreadsScreen({ me, tab }: { me: Me; tab: ThreadTab }) {
  return (
    <>
      <header className="hr-head">
        <div className="hr-grow">
          <h1 className="hr-head-title">{tab === "private" ? words.private : words.title}</h1>
        </div>
      </header>
      <Threads level={2} me={me} tab={tab} onTab={(next) => goTo({ name: sections[next] }, { replace: true })} />
    </>
  );
}
