// Entering a room with the code that a teacher gave, wherever the field for it stands.
import { ClassCodeForm } from "../features/invites/class-code-form.tsx";
import { enterWithCode } from "./actions/invites.ts";
import { addToast } from "./core.ts";
import { goTo } from "./router.ts";
import { useClient } from "./store.ts";
import { useSubmit } from "./use-submit.ts";

const words = { in: (room: string) => `You are in: ${room}.` };

export interface ClassCodeContainerProps {
  code?: string | undefined;
  focused?: boolean;
  onDone?: () => void;
}

export function ClassCodeContainer({ code, focused = false, onDone }: ClassCodeContainerProps) {
  const client = useClient();
  const submit = useSubmit();
  const enter = (typed: string) =>
    submit.run(async () => {
      const room = await enterWithCode(client, typed);
      onDone?.();
      goTo({ name: "room", id: room.id });
      addToast(client, { tone: "done", text: words.in(room.name) });
    });
  return (
    <ClassCodeForm
      initialCode={code}
      busy={submit.busy}
      error={submit.errors?.form ?? null}
      codeError={submit.errors?.fields?.["code"]?.join(" ") ?? null}
      focused={focused}
      onSubmit={(typed) => void enter(typed)}
    />
  );
}
