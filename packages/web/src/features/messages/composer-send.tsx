// The button that sends, saves an edit, or says how long one has to wait.
import { ArrowUp, Check } from "lucide-react";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { type SendWait, WaitRing } from "./composer-wait.tsx";

const words = { send: "Send", save: "Save" };

export interface SendButtonProps {
  editing: boolean;
  sendable: boolean;
  wait?: SendWait | null;
  left: number;
  /** What says why it is off. */
  describedBy: string;
  /** It goes out by itself when its files are there. */
  isSoon?: boolean;
  onSend: () => void;
}

export function SendButton({ editing, sendable, wait, left, describedBy, isSoon, onSend }: SendButtonProps) {
  if (wait) return <WaitRing wait={wait} left={left} describedBy={describedBy} />;
  const label = editing ? words.save : words.send;
  return (
    <button
      type="button"
      className="hr-send"
      aria-label={label}
      title={label}
      aria-describedby={sendable ? undefined : describedBy}
      disabled={!sendable}
      // the text box keeps the focus, and with it the keyboard of a phone
      onPointerDown={(event) => event.preventDefault()}
      onClick={onSend}
    >
      {isSoon ? <Spinner /> : <Icon icon={editing ? Check : ArrowUp} />}
    </button>
  );
}
