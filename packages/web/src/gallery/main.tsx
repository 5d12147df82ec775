// The gallery: every component and screen with sample data, for looking at (`vite dev`, then /gallery.html). Not built.
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles/bootstrap.scss";
import "../styles/index.css";
import "./gallery.css";
import { Components, States } from "./boards.tsx";
import { Messages } from "./chat-boards.tsx";
import { Composers, Suggesting } from "./composer-boards.tsx";
import { FileBoards } from "./file-boards.tsx";
import { LongList, MessageParts } from "./message-boards.tsx";
import { Ask, Members, Requests } from "./panel-screens.tsx";
import { Chat, FirstVisit, login, register, setup } from "./screens.tsx";

const pages: Record<string, () => ReactNode> = {
  chat: () => <Chat />,
  "chat-rooms": () => <Chat pane="rooms" />,
  "chat-offline": () => <Chat bar={{ kind: "offline", waiting: 2 }} jump={2} list={{ connection: "offline" }} />,
  "chat-jump": () => <Chat jump={0} />,
  "create-room": () => <Chat dialog />,
  "first-visit": () => <FirstVisit />,
  members: () => <Members />,
  "join-requests": () => <Requests />,
  "ask-to-join": () => <Ask />,
  login: () => login,
  register: () => register,
  setup: () => setup,
  messages: () => <Messages />,
  message: () => <MessageParts />,
  "long-list": () => <LongList />,
  composer: () => <Composers />,
  "composer-people": () => <Suggesting text="Thank you @m" />,
  "composer-emoji": () => <Suggesting text="Well done :sm" />,
  "composer-rooms": () => <Suggesting text="See #bio" />,
  files: () => <FileBoards />,
  states: () => <States />,
  components: () => <Components />,
};

function Index() {
  return (
    <div className="gallery-index">
      {Object.keys(pages).map((name) => (
        <a key={name} href={`?page=${name}`}>
          {name}
        </a>
      ))}
    </div>
  );
}

const root = document.getElementById("root");
const name = new URLSearchParams(location.search).get("page") ?? "";
if (root) createRoot(root).render(<StrictMode>{pages[name]?.() ?? <Index />}</StrictMode>);
