// The bar above everything while the connection is not as it should be. Silent states and timing are the caller's.
import { Check, KeyRound, type LucideIcon, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

export type ConnectionBarState =
  | { kind: "connecting" /** Seconds until the next try, if it is known. */; retryIn?: number }
  | { kind: "offline" /** Messages that wait to be sent. */; waiting: number }
  | { kind: "back" }
  | { kind: "signed-out" };

export interface ConnectionBarProps {
  state: ConnectionBarState | null;
  onRetry: () => void;
  onSignIn: () => void;
}

const words = {
  connecting: "Connecting again… You can keep writing.",
  connectingIn: (seconds: number) => `Connecting again in ${seconds} s. You can keep writing.`,
  offline: (waiting: number) => {
    if (waiting === 0) return "You are offline. You can keep writing.";
    return `You are offline. ${waiting} ${waiting === 1 ? "message" : "messages"} will be sent when you are back.`;
  },
  retry: "Retry now",
  back: "Back online. Everything you missed is here.",
  signedOut: "You were signed out on this device. Your drafts are safe.",
  signIn: "Sign in again",
};

interface BarProps {
  look: "wait" | "off" | "ok" | "out";
  icon?: LucideIcon;
  text: string;
  action?: ReactNode;
}

function Bar({ look, icon, text, action }: BarProps) {
  return (
    <div className={`hr-conn is-${look}`} role={look === "out" ? "alert" : "status"}>
      {icon ? <Icon icon={icon} size={18} /> : <Spinner />}
      <span>{text}</span>
      {action}
    </div>
  );
}

function retryButton(onRetry: () => void): ReactNode {
  return (
    <Button variant="link" onClick={onRetry}>
      {words.retry}
    </Button>
  );
}

export function ConnectionBar({ state, onRetry, onSignIn }: ConnectionBarProps) {
  if (!state) return null;
  switch (state.kind) {
    case "connecting": {
      const seconds = state.retryIn ?? 0;
      if (seconds <= 0) return <Bar look="wait" text={words.connecting} />;
      return <Bar look="wait" text={words.connectingIn(seconds)} action={retryButton(onRetry)} />;
    }
    case "offline":
      return <Bar look="off" icon={WifiOff} text={words.offline(state.waiting)} action={retryButton(onRetry)} />;
    case "back":
      return <Bar look="ok" icon={Check} text={words.back} />;
    case "signed-out": {
      const action = (
        <Button variant="link" onClick={onSignIn}>
          {words.signIn}
        </Button>
      );
      return <Bar look="out" icon={KeyRound} text={words.signedOut} action={action} />;
    }
  }
}
