// Short notices from anywhere in the page.
import { useCallback } from "react";
import { ToastStack } from "../ui/toasts.tsx";
import { dropToast } from "./core.ts";
import { useApp, useClient } from "./store.ts";

export function ToastsContainer() {
  const client = useClient();
  const toasts = useApp((state) => state.toasts);
  const dismiss = useCallback((key: string) => dropToast(client, key), [client]);
  return <ToastStack toasts={[...toasts]} onDismiss={dismiss} />;
}
