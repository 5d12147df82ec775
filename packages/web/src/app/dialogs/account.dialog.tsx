// One's own account: renaming oneself, changing the password.
import { AccountForm } from "../../features/accounts/account-form.tsx";
import { changePassword, rename } from "../actions/session.ts";
import { addToast } from "../core.ts";
import { useApp, useClient } from "../store.ts";
import { useSubmit } from "../use-submit.ts";

const words = { named: "Your name is changed.", changed: "Your password is changed. Other devices are signed out." };

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const displayName = useApp((state) => state.me?.display_name ?? "");
  const naming = useSubmit();
  const changing = useSubmit();
  const say = (text: string) => {
    addToast(client, { tone: "done", text });
    onClose();
  };
  return (
    <AccountForm
      open
      displayName={displayName}
      nameState={naming}
      passwordState={{ ...changing, wrong: changing.code === "invalid_credentials" }}
      onName={(name) => void naming.run(() => rename(client, name)).then((isDone) => isDone && say(words.named))}
      onPassword={(current, next) =>
        void changing.run(() => changePassword(client, current, next)).then((isDone) => isDone && say(words.changed))
      }
      onClose={onClose}
    />
  );
}
