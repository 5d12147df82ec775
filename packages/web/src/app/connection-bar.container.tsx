// When the bar above everything speaks: after five seconds away, and once when all is well again.
import { useEffect, useRef, useState } from "react";
import type { ConnectionState } from "../kit/connection.ts";
import { ConnectionBar, type ConnectionBarState } from "../ui/connection-bar.tsx";
import { toSignIn } from "./actions/session.ts";
import { useApp, useClient } from "./store.ts";

/** A short loss is nobody's business. */
const QUIET_MS = 5_000;
const BACK_MS = 3_000;
const TICK_MS = 250;

export interface BarInput {
  connection: ConnectionState;
  isEnded: boolean;
  /** Messages that wait to be sent. */
  waiting: number;
  now: number;
}

/** What the bar says, apart from being back. */
export function barOf({ connection, isEnded, waiting, now }: BarInput): ConnectionBarState | null {
  if (isEnded) return { kind: "signed-out" };
  const { status, since, retryAt } = connection;
  if (status === "online" || status === "signed-out" || now - since < QUIET_MS) return null;
  if (status === "offline") return { kind: "offline", waiting };
  return { kind: "connecting", retryIn: retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000)) };
}

export function ConnectionBarContainer() {
  const client = useClient();
  const connection = useApp((state) => state.connection);
  const isEnded = useApp((state) => state.phase === "ended");
  const waiting = useApp((state) => state.messages.pending.filter((entry) => entry.status === "queued").length);
  const [now, setNow] = useState(() => client.clock.now());
  const [isBack, setBack] = useState(false);
  const wasTold = useRef(false);
  const isUp = connection.status === "online";
  const bar = barOf({ connection, isEnded, waiting, now });
  const isTold = bar !== null && bar.kind !== "signed-out";

  useEffect(() => {
    if (isUp) return;
    const timer = setInterval(() => setNow(client.clock.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isUp, client]);
  useEffect(() => {
    if (isTold) wasTold.current = true;
    if (!isUp || !wasTold.current) return;
    wasTold.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [isUp, isTold]);

  const shown = bar ?? (isBack && isUp ? { kind: "back" as const } : null);
  return <ConnectionBar state={shown} onRetry={() => client.connection.retryNow()} onSignIn={() => toSignIn(client)} />;
}
