// Waiting before one may send again: the send button becomes a ring that fills, and writing goes on.
import { Clock3 } from "lucide-react";
import { type CSSProperties, useSyncExternalStore } from "react";
import { Icon } from "../../ui/icon.tsx";

const seconds = (count: number) => `${count} ${count === 1 ? "second" : "seconds"}`;

const words = {
  slow: (total: number) => `Slow mode: one message every ${seconds(total)}`,
  quick: (left: number) => `That was quick. You can send again in ${seconds(left)}.`,
  send: (left: number) => `Send in ${seconds(left)}`,
};

export interface SendWait {
  /** slow: the room lets everybody write once in a while · quick: the server asked to slow down. */
  kind: "slow" | "quick";
  /** When sending is possible again, in milliseconds since 1970. */
  until: number;
  /** How long the whole wait is, in seconds. */
  total: number;
}

const leftUntil = (until: number | undefined): number =>
  until === undefined ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000));

const ticking = (listener: () => void) => {
  const timer = setInterval(listener, 250);
  return () => clearInterval(timer);
};
const never = () => () => {};

/** Whole seconds; 0 when there is nothing to wait for. */
export function useSecondsLeft(until: number | undefined): number {
  return useSyncExternalStore(until === undefined ? never : ticking, () => leftUntil(until));
}

export function WaitRing({ wait, left, describedBy }: { wait: SendWait; left: number; describedBy: string }) {
  const done = 1 - Math.min(1, left / Math.max(1, wait.total));
  return (
    <button
      type="button"
      className="hr-send hr-ring"
      aria-label={words.send(left)}
      aria-describedby={describedBy}
      disabled
      style={{ "--done": `${Math.round(done * 100)}%` } as CSSProperties}
    >
      <span className="hr-num" aria-hidden="true">
        {left}
      </span>
    </button>
  );
}

/** Seen counting down; read out once, when the waiting begins. */
export function WaitNote({ wait, left }: { wait: SendWait; left: number }) {
  if (wait.kind === "slow") {
    return (
      <span className="hr-foot-line">
        <Icon icon={Clock3} size={16} />
        {words.slow(wait.total)}
      </span>
    );
  }
  return (
    <>
      <output className="hr-vh">{words.quick(wait.total)}</output>
      <span className="hr-foot-note hr-num" aria-hidden="true">
        {words.quick(left)}
      </span>
    </>
  );
}
