// The tabs under the first screens of a phone: rooms, private chats, threads, you. Each is a step of the history.
import { House, MessageSquareText, MessagesSquare, UserRound } from "lucide-react";
import { followedUnread } from "../features/messages/followed.state.ts";
import { unreadIn } from "../features/rooms/rooms.state.ts";
import type { PhoneTab } from "../ui/app-frame.tsx";
import { goTo, hrefOf, type Route } from "./router.ts";
import { useApp } from "./store.ts";

const words = { rooms: "Rooms", private: "Private", threads: "Threads", you: "You" };

type First = "rooms" | "private" | "threads" | "you";

const icons = { rooms: House, private: MessagesSquare, threads: MessageSquareText, you: UserRound };

export function usePhoneTabs(route: Route): PhoneTab[] {
  const unread: Record<First, number> = {
    rooms: useApp((state) => unreadIn(state.rooms)),
    private: useApp((state) => Object.values(state.threads.byId).filter((thread) => thread.unread_count > 0).length),
    threads: useApp((state) => followedUnread(state.followed)),
    you: 0,
  };
  return (Object.keys(icons) as First[]).map((name) => ({
    key: name,
    label: words[name],
    icon: icons[name],
    active: route.name === name,
    href: hrefOf({ name }),
    unread: unread[name],
    urgent: name === "private",
    onSelect: () => goTo({ name }),
  }));
}
