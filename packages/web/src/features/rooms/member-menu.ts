// The menu of one member: what may be done, as items of a menu. Who may do what is decided in members.ts.
import type { Participant } from "@homeroom/protocol";
import { ArrowRightLeft, MessagesSquare, Star, StarOff, UserMinus, Volume2 } from "lucide-react";
import type { MenuItem } from "../../ui/menu.tsx";
import { shortName } from "../../ui/names.ts";
import type { MemberAction } from "./members.ts";

const words = {
  message: "Message privately",
  makeCohost: "Make cohost",
  dropCohost: "Remove as cohost",
  mute: (name: string) => `Mute ${name} for`,
  minutes: (count: number) => `${count} min`,
  lesson: "Lesson",
  other: "Other…",
  unmute: "Unmute",
  handOver: "Hand the room over…",
  remove: "Remove from room…",
};

/** What was chosen: `mute` without minutes wants to be asked for how long. */
export type MemberChoice = { kind: Exclude<MemberAction, "mute"> } | { kind: "mute"; minutes: number | null };

/** Minutes of a lesson. */
export const LESSON = 45;

const muteItems = (name: string, choose: (choice: MemberChoice) => void): MenuItem[] => {
  const shown = [
    { minutes: 5, label: words.minutes(5) },
    { minutes: 15, label: words.minutes(15) },
    { minutes: LESSON, label: words.lesson },
    { minutes: null, label: words.other },
  ];
  return shown.map(({ minutes, label }, index) => ({
    key: `mute-${minutes}`,
    label,
    name: `${words.mute(name)} ${minutes === LESSON ? `${LESSON} minutes, a ${label.toLowerCase()}` : label}`,
    small: true,
    ...(index === 0 && { divider: true, header: words.mute(name) }),
    onSelect: () => choose({ kind: "mute", minutes }),
  }));
};

export function memberMenu(
  actions: readonly MemberAction[],
  member: Participant,
  choose: (choice: MemberChoice) => void,
): MenuItem[] {
  const item = (
    kind: Exclude<MemberAction, "mute">,
    look: Pick<MenuItem, "label" | "icon" | "danger" | "divider">,
  ) => ({
    key: kind,
    ...look,
    onSelect: () => choose({ kind }),
  });
  return actions.flatMap((action): MenuItem[] => {
    switch (action) {
      case "message":
        return [item(action, { label: words.message, icon: MessagesSquare })];
      case "make-cohost":
        return [item(action, { label: words.makeCohost, icon: Star })];
      case "drop-cohost":
        return [item(action, { label: words.dropCohost, icon: StarOff })];
      case "mute":
        return muteItems(shortName(member.display_name), choose);
      case "unmute":
        return [item(action, { label: words.unmute, icon: Volume2 })];
      case "hand-over":
        return [item(action, { label: words.handOver, icon: ArrowRightLeft, divider: true })];
      case "remove":
        return [item(action, { label: words.remove, icon: UserMinus, danger: true, divider: true })];
    }
  });
}
