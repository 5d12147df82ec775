// Which screen is shown: the way in for those outside, the rooms for those inside.
import { useEffect, useLayoutEffect, useState } from "react";
import { ServerDownState } from "../features/rooms/room-states.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { boot } from "./actions/session.ts";
import { Entrance } from "./entrance/entrance.part.ts";
import { redirectOf } from "./guard.ts";
import { ChatScreen } from "./chat.screen.tsx";
import { PartBoundary } from "./part.tsx";
import { keepCode } from "./pending-code.ts";
import { goTo, useRoute } from "./router.ts";
import { useApp, useClient } from "./store.ts";
import { ToastsContainer } from "./toasts.container.tsx";

const AGAIN_S = 10;

/** The first calls had no answer: tries again by itself. */
function Unreachable() {
  const client = useClient();
  const [left, setLeft] = useState(AGAIN_S);
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : void boot(client)), 1000);
    return () => clearTimeout(timer);
  }, [left, client]);
  return <ServerDownState retryIn={left} onRetry={() => void boot(client)} />;
}

function Booting() {
  return (
    <Delayed>
      <div className="hr-empty">
        <Spinner />
      </div>
    </Delayed>
  );
}

function Screen() {
  const route = useRoute();
  const phase = useApp((state) => state.phase);
  const school = useApp((state) => state.school);
  const redirect = redirectOf(route, phase, school);
  useLayoutEffect(() => {
    if (!redirect) return;
    // Somebody who has an account followed the link of a class code.
    if (phase === "in" && route.name === "register" && route.code) keepCode(route.code);
    goTo(redirect, { replace: true });
  });
  if (phase === "booting") return <Booting />;
  if (phase === "unreachable") return <Unreachable />;
  if (redirect) return null;
  switch (route.name) {
    case "setup":
    case "login":
    case "register":
      return (
        <PartBoundary waiting={<Booting />} failed={<Unreachable />}>
          <Entrance route={route} />
        </PartBoundary>
      );
    default:
      return <ChatScreen route={route} />;
  }
}

export function App() {
  return (
    <>
      <Screen />
      <ToastsContainer />
    </>
  );
}
