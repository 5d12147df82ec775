// A private chat with its bar: beside the room that it belongs to, or large on the main sheet.
import type { Me } from "@homeroom/protocol";
import { Lock, LockOpen, Maximize2, MessageSquareText, PanelRight } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import { isReviewed } from "../../features/private-threads/private-rules.ts";
import { PrivateHeader } from "../../features/private-threads/private-header.tsx";
import { OversightBar } from "../../features/private-threads/oversight.tsx";
import { partnerOf, type ThreadState } from "../../features/private-threads/private-threads.state.ts";
import { LoadErrorState } from "../../features/rooms/room-states.tsx";
import { isMember, isModerator } from "../../features/rooms/rooms.state.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import type { MenuItem } from "../../ui/menu.tsx";
import { PanelBox } from "../../ui/panel.tsx";
import { usePhone } from "../../ui/use-media-query.ts";
import { loadPrivateThread, setThreadActive } from "../actions/private-threads.ts";
import { PrivateConversation } from "../conversation/private.conversation.tsx";
import { addToast, complain } from "../core.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { backTo, goTo } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { useBackOnline } from "../use-back-online.ts";
import { useTeachers } from "./use-teachers.ts";
import "../../styles/private-chat.css";

const words = {
  label: (name: string) => `Private chat with ${name}`,
  private: "Private chat",
  expand: "Show large",
  beside: "Show beside the room",
  room: (name: string) => `Go to ${name}`,
  close: "Close chat",
  open: "Open chat again",
  closed: (name: string) => `The chat with ${name} is closed. Both of you can read it.`,
  opened: (name: string) => `The chat with ${name} is open again.`,
  undo: "Undo",
  gone: "There is no private chat here",
  goneText: "The link may be old, or the chat is not yours.",
  mine: "My private chats",
  closePanel: "Close",
};

/** One of my private chats; fetched where it is not known, after a reload or by its address. */
function usePrivateThread(id: number) {
  const client = useClient();
  const thread = useApp((state) => state.threads.byId[id]);
  const isUnknown = thread === undefined;
  const [problem, setProblem] = useState<"gone" | "failed" | null>(null);
  const fetchThread = useCallback(() => {
    loadPrivateThread(client, id).then(
      (isThere) => setProblem(isThere ? null : "gone"),
      () => setProblem("failed"),
    );
  }, [client, id]);
  useEffect(() => {
    if (isUnknown) fetchThread();
  }, [isUnknown, fetchThread]);
  useBackOnline(() => problem === "failed" && fetchThread());
  return { thread, problem, retry: fetchThread };
}

/** Closing and opening again, for staff who lead the room. Each takes the other back. */
function useClosing(thread: ThreadState | undefined, name: string) {
  const client = useClient();
  const set = async (isActive: boolean): Promise<void> => {
    if (!thread) return;
    try {
      await setThreadActive(client, thread.id, isActive);
      const undo = { label: words.undo, onSelect: () => void set(!isActive) };
      const text = isActive ? words.opened(name) : words.closed(name);
      addToast(client, { tone: "done", text, actions: [undo] });
    } catch (error) {
      complain(client, error);
    }
  };
  return (isActive: boolean) => void set(isActive);
}

function useMenu(thread: ThreadState | undefined, me: Me, isBeside: boolean): MenuItem[] {
  const room = useApp((state) => (thread ? state.rooms.byId[thread.room] : undefined));
  const isPhone = usePhone();
  const close = useClosing(thread, thread ? partnerOf(thread, me.id).display_name : "");
  if (!thread) return [];
  const { id } = thread;
  const items: MenuItem[] = [];
  if (isBeside && !isPhone) {
    const onSelect = () => goTo({ name: "private", id });
    items.push({ key: "expand", label: words.expand, icon: Maximize2, onSelect });
  }
  if (room && isMember(room)) {
    const at = { name: "room" as const, id: room.id };
    if (!isBeside && !isPhone) {
      const onSelect = () => goTo({ ...at, panel: { kind: "private", id } });
      items.push({ key: "beside", label: words.beside, icon: PanelRight, onSelect });
    }
    if (!isBeside || isPhone) {
      const onSelect = () => goTo(at);
      items.push({ key: "room", label: words.room(room.name), icon: MessageSquareText, onSelect });
    }
    if (isModerator(room) && me.role !== "student") {
      const [label, icon] = thread.is_active ? [words.close, Lock] : [words.open, LockOpen];
      items.push({ key: "close", label, icon, divider: true, onSelect: () => close(!thread.is_active) });
    }
  }
  return items;
}

/** Where there is no box to write in, or fingers point, the focus goes to the name. */
function useHeading() {
  const box = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!box.current?.contains(document.activeElement)) heading.current?.focus();
  }, []);
  return { box, heading };
}

export interface PrivateChatProps {
  id: number;
  me: Me;
  dialogs: Dialogs;
  /** Beside a room: closes the panel. */
  onClose?: () => void;
}

function Content({ id, me, dialogs, onClose, thread, problem, retry }: PrivateChatProps & Thread): ReactNode {
  if (thread) return <PrivateConversation key={id} thread={thread} me={me} dialogs={dialogs} isMain={!onClose} />;
  if (problem === "failed") return <LoadErrorState onRetry={retry} />;
  const back = (
    <Button variant="primary" onClick={onClose ?? (() => goTo({ name: "private" }, { replace: true }))}>
      {onClose ? words.closePanel : words.mine}
    </Button>
  );
  if (problem === "gone") return <EmptyState spot="door" title={words.gone} text={words.goneText} actions={back} />;
  return <MessageSkeletons />;
}

type Thread = ReturnType<typeof usePrivateThread>;

function Chat(props: PrivateChatProps) {
  const { id, me, onClose } = props;
  const found = usePrivateThread(id);
  const { thread } = found;
  const partner = thread ? partnerOf(thread, me.id) : null;
  const presence = useApp((state) => (partner && state.live.presence[partner.id]) ?? "offline");
  const policy = useApp((state) => state.school?.private_threads ?? "supervised");
  const teachers = useTeachers(thread);
  const menu = useMenu(thread, me, onClose !== undefined);
  const { box, heading } = useHeading();
  return (
    <section
      ref={box}
      className="hr-private hr-conversation"
      data-hr-space="private"
      aria-label={partner ? words.label(partner.display_name) : words.private}
    >
      <PrivateHeader
        partner={partner}
        presence={presence}
        menu={menu}
        onBack={onClose ?? (() => backTo({ name: "private" }, { name: "threads" }, { name: "rooms" }))}
        onClose={onClose}
        heading={heading}
      />
      {thread && isReviewed(policy) && <OversightBar teachers={teachers} />}
      <Content {...props} {...found} />
    </section>
  );
}

export function PrivateChat(props: PrivateChatProps) {
  const { onClose } = props;
  if (!onClose) return <Chat {...props} />;
  return (
    <PanelBox onClose={onClose}>
      <Chat {...props} />
    </PanelBox>
  );
}
