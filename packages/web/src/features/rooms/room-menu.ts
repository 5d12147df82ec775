// What the menu of a room holds, for whoever looks at it: only what they may do.
import type { Participant, RoomCard } from "@homeroom/protocol";
import { Archive, ArchiveRestore, ArrowRightLeft, Bell, BellOff, LogOut, Pencil, Trash2, UserPlus } from "lucide-react";
import type { MenuItem } from "../../ui/menu.tsx";

const words = {
  invite: "Invite people…",
  edit: "Edit room…",
  quiet: "Mute this room for me",
  unquiet: "Notify me of this room again",
  handOver: "Hand over…",
  archive: "Archive room…",
  reopen: "Open the room again",
  leave: "Leave room",
  remove: "Delete room",
};

export type RoomChoice =
  | "invite"
  | "edit"
  | "quiet"
  | "unquiet"
  | "hand-over"
  | "archive"
  | "reopen"
  | "leave"
  | "delete";

export interface RoomMenuProps {
  room: Pick<RoomCard, "my_role" | "is_active"> & { quiet?: boolean };
  /** Codes are made by teachers and admins who lead the room. */
  isStaff: boolean;
  /** Those who could take the room over. */
  heirs: readonly Participant[];
  onChoose: (choice: RoomChoice) => void;
}

const icons = {
  invite: UserPlus,
  edit: Pencil,
  quiet: BellOff,
  unquiet: Bell,
  "hand-over": ArrowRightLeft,
  archive: Archive,
  reopen: ArchiveRestore,
  leave: LogOut,
  delete: Trash2,
};

const labels: Record<RoomChoice, string> = {
  invite: words.invite,
  edit: words.edit,
  quiet: words.quiet,
  unquiet: words.unquiet,
  "hand-over": words.handOver,
  archive: words.archive,
  reopen: words.reopen,
  leave: words.leave,
  delete: words.remove,
};

export function roomChoices({ room, isStaff, heirs }: Omit<RoomMenuProps, "onChoose">): RoomChoice[] {
  const isHost = room.my_role === "host";
  const mayInvite = isStaff && room.is_active && (isHost || room.my_role === "cohost");
  return [
    ...(mayInvite ? ["invite" as const] : []),
    ...(isHost ? ["edit" as const] : []),
    room.quiet ? "unquiet" : "quiet",
    ...(isHost && heirs.length > 0 ? ["hand-over" as const] : []),
    ...(isHost ? [room.is_active ? ("archive" as const) : ("reopen" as const)] : []),
    "leave",
    ...(isHost ? ["delete" as const] : []),
  ];
}

export function roomMenu({ onChoose, ...rest }: RoomMenuProps): MenuItem[] {
  return roomChoices(rest).map((choice, index) => ({
    key: choice,
    label: labels[choice],
    icon: icons[choice],
    danger: choice === "leave" || choice === "delete",
    divider: choice === "leave" && index > 0,
    onSelect: () => onChoose(choice),
  }));
}
