// Whole screens of the gallery: the chat in its panes, and the entrance.
import { House, LogOut, Settings2, User } from "lucide-react";
import { type ReactNode, useState } from "react";
import { LoginForm } from "../features/accounts/login-form.tsx";
import { RegisterForm } from "../features/accounts/register-form.tsx";
import { settingsMenu } from "../features/accounts/settings-menu.ts";
import { SetupForm } from "../features/accounts/setup-form.tsx";
import { Composer } from "../features/messages/composer.tsx";
import { DayDivider, JumpPill, NewLine, SystemLine } from "../features/messages/log-lines.tsx";
import { MessageLog } from "../features/messages/message-log.tsx";
import { type MessageHandlers, MessageRow } from "../features/messages/message-row.tsx";
import { CreateRoomForm } from "../features/rooms/create-room-form.tsx";
import { RoomHeader } from "../features/rooms/room-header.tsx";
import { NoRoomYetState } from "../features/rooms/room-states.tsx";
import { RoomsList, type RoomsListProps } from "../features/rooms/rooms-list.tsx";
import { AppFrame, type AppFrameProps } from "../ui/app-frame.tsx";
import { ConnectionBar, type ConnectionBarState } from "../ui/connection-bar.tsx";
import type { MenuItem } from "../ui/menu.tsx";
import { getThemeSetting, setThemeSetting } from "../ui/theme.ts";
import { conversation, message, myRooms, openRooms, people, person, room } from "./samples.ts";

export const nothing = () => {};
const now = new Date().toISOString();
const school = "Gymnasium am Seepark";

const handlers: MessageHandlers = {
  onReply: nothing,
  onEdit: nothing,
  onDelete: nothing,
  onCopy: nothing,
  onRetry: nothing,
  onDiscard: nothing,
  onQuoteJump: nothing,
};

const menu: MenuItem[] = [
  { key: "settings", label: "Room settings", icon: Settings2, onSelect: nothing },
  { key: "leave", label: "Leave room", icon: LogOut, danger: true, divider: true, onSelect: nothing },
];

function Rooms(more: Partial<RoomsListProps>) {
  const [theme, setTheme] = useState(getThemeSetting);
  const onTheme = (next: typeof theme) => {
    setThemeSetting(next);
    setTheme(next);
  };
  return (
    <RoomsList
      schoolName={school}
      me={person("Vogel")}
      connection="connected"
      status="ready"
      rooms={myRooms}
      openRooms={openRooms}
      activeRoom={11}
      hrefFor={(id) => `/rooms/${id}`}
      onOpen={nothing}
      onJoin={nothing}
      onAsk={nothing}
      onNewRoom={nothing}
      onRetry={nothing}
      settings={settingsMenu({ theme, onTheme, onSignOut: nothing })}
      {...more}
    />
  );
}

function Log({ overlay }: { overlay?: ReactNode }) {
  return (
    <MessageLog overlay={overlay}>
      <div className="hr-log-inner">
        <DayDivider at={now} />
        <SystemLine kind="joined" names={["Hannah Krüger", "Ben Weiß", "Yusuf Kaya"]} />
        {conversation.map(({ message: shown, first }) => (
          <MessageRow key={shown.id} message={shown} first={first} handlers={handlers} canReply canEdit canDelete />
        ))}
        <NewLine />
        <MessageRow
          message={message("Mateusz", "10:14", "Which slide is next?")}
          first
          afterNewLine
          handlers={handlers}
        />
      </div>
    </MessageLog>
  );
}

export interface ChatProps {
  pane?: AppFrameProps["pane"];
  panel?: AppFrameProps["panel"];
  bar?: ConnectionBarState | null;
  dialog?: boolean;
  jump?: number;
  list?: Partial<RoomsListProps>;
}

export function Chat({ pane = "room", bar = null, dialog = false, jump, list = {}, panel }: ChatProps) {
  const [open, setOpen] = useState(dialog);
  const [text, setText] = useState("We stop drawing at 10:20. Then please tidy up your slides");
  const tabs = [
    { key: "rooms", label: "Rooms", icon: House, active: true, href: "#", onSelect: nothing },
    { key: "you", label: "You", icon: User, active: false, href: "#", onSelect: nothing },
  ];
  const main = (
    <>
      <RoomHeader
        room={room}
        faces={people.slice(1, 4)}
        requests={3}
        onBack={nothing}
        onMembers={nothing}
        onRequests={nothing}
        menu={menu}
      />
      <Log overlay={jump !== undefined && <JumpPill count={jump} onJump={nothing} />} />
      <Composer
        roomName={room.name}
        value={text}
        onChange={setText}
        onSend={() => setText("")}
        onCancelContext={nothing}
        typing={["Linh", "Noah"]}
      />
      <CreateRoomForm open={open} busy={false} onSubmit={nothing} onClose={() => setOpen(false)} />
    </>
  );
  return (
    <AppFrame
      pane={pane}
      connectionBar={<ConnectionBar state={bar} onRetry={nothing} onSignIn={nothing} />}
      rooms={<Rooms {...list} onNewRoom={() => setOpen(true)} />}
      mainLabel={room.name}
      main={main}
      panel={panel}
      tabs={tabs}
    />
  );
}

export function FirstVisit() {
  return (
    <AppFrame
      pane="rooms"
      rooms={<Rooms status="loading" />}
      mainLabel="No room"
      main={<NoRoomYetState onNewRoom={nothing} />}
    />
  );
}

export const login = (
  <LoginForm
    schoolName={school}
    registration="invite"
    busy={false}
    credentialsWrong
    onSubmit={nothing}
    onRegister={nothing}
  />
);
export const register = (
  <RegisterForm
    schoolName={school}
    registration="invite"
    initialCode="SEE-9B-MOOS"
    busy={false}
    onSubmit={nothing}
    onSignIn={nothing}
  />
);
export const setup = (
  <SetupForm
    codeRequired
    busy={false}
    errors={{ form: "The server is busy. Try again in a moment." }}
    onSubmit={nothing}
  />
);
