// The menu of a member: one for the whole list, opened beside the row that asked for it. A thousand rows have a thousand
// buttons and no menus.
import { useCallback, useState } from "react";
import { AnchoredMenu } from "../../ui/anchored-menu.tsx";
import { memberMenu } from "./member-menu.ts";
import type { MembersPanelProps } from "./members-panel.tsx";
import { actionsFor } from "./members.ts";
import type { Participant } from "@homeroom/protocol";

const words = { menu: (name: string) => `Actions for ${name}` };

type Props = Pick<MembersPanelProps, "rules" | "now" | "onChoose"> & { people: readonly Participant[] };

export function useMemberMenu({ people, rules, now, onChoose }: Props) {
  const [open, setOpen] = useState<{ id: number; anchor: HTMLElement } | null>(null);
  const onMenu = useCallback(
    (id: number, anchor: HTMLElement) => setOpen((before) => (before?.id === id ? null : { id, anchor })),
    [],
  );
  const onUnmute = useCallback((member: Participant) => onChoose(member, { kind: "unmute" }), [onChoose]);
  const member = open && people.find(({ id }) => id === open.id);
  const actions = member ? actionsFor(rules, member, now).filter((action) => action !== "unmute") : [];
  const view = open && member && actions.length > 0 && (
    <AnchoredMenu
      label={words.menu(member.display_name)}
      anchor={open.anchor}
      items={memberMenu(actions, member, (choice) => onChoose(member, choice))}
      onClose={() => setOpen(null)}
    />
  );
  return { openFor: open?.id ?? null, onMenu, onUnmute, view };
}
