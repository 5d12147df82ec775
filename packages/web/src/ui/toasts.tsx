// Short notices, bottom left (top on phones): at most three, gone after six seconds, waiting while looked at.
import { Check, Info, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { Button, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

const words = { dismiss: "Dismiss", region: "Notices" };

export interface ToastItem {
  key: string;
  tone: "done" | "info" | "error";
  text: ReactNode;
  icon?: LucideIcon;
  /** Two at most. One that was chosen takes the toast away, unless it `stays`. */
  actions?: { label: string; onSelect: () => void; stays?: boolean }[];
}

export interface ToastStackProps {
  toasts: ToastItem[];
  onDismiss: (key: string) => void;
  /** Milliseconds; errors stay until closed. */
  lifetime?: number;
}

const icons = { done: Check, info: Info, error: TriangleAlert } satisfies Record<ToastItem["tone"], LucideIcon>;

interface ToastProps {
  toast: ToastItem;
  lifetime: number;
  onDismiss: (key: string) => void;
}

function Toast({ toast, lifetime, onDismiss }: ToastProps) {
  const [isPointedAt, setPointedAt] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const held = isPointedAt || isFocused;
  const { key, tone } = toast;
  useEffect(() => {
    if (held || tone === "error") return;
    const timer = setTimeout(() => onDismiss(key), lifetime);
    return () => clearTimeout(timer);
  }, [held, tone, key, lifetime, onDismiss]);
  return (
    <div
      className={classNames("hr-toast", `is-${tone}`)}
      role={tone === "error" ? "alert" : "status"}
      onMouseEnter={() => setPointedAt(true)}
      onMouseLeave={() => setPointedAt(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Icon icon={toast.icon ?? icons[tone]} />
      <div className="hr-grow">
        {toast.text}
        {toast.actions && (
          <div className="hr-toast-acts">
            {toast.actions.map((action) => (
              <Button
                key={action.label}
                variant="link"
                onClick={() => {
                  if (!action.stays) onDismiss(key);
                  action.onSelect();
                }}
              >
                {action.label}
              </Button>
            ))}
          </div>
        )}
      </div>
      <IconButton label={words.dismiss} icon={X} size="xs" onClick={() => onDismiss(key)} />
    </div>
  );
}

/** Lives beside the page's root, so that it works while a dialog makes the page inert. */
export function ToastStack({ toasts, onDismiss, lifetime = 6000 }: ToastStackProps) {
  return createPortal(
    <section className="hr-toasts" aria-label={words.region}>
      {toasts.slice(-3).map((toast) => (
        <Toast key={toast.key} toast={toast} lifetime={lifetime} onDismiss={onDismiss} />
      ))}
    </section>,
    document.body,
  );
}
