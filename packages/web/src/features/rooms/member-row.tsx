// One member: who they are, what they are here, and the way to what may be done. Drawn again only for its own sake.
import type { Participant, PresenceState } from "@homeroom/protocol";
import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { RoleChip } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { actionsFor, isMuted, type MemberRules, muteLeft } from "./members.ts";

const words = {
  roles: { host: "Host", cohost: "Cohost", member: null },
  you: "You",
  unmute: "Unmute",
  unmuteName: (name: string) => `Unmute ${name}`,
  menu: (name: string) => `Actions for ${name}`,
};

export interface MemberRowProps {
  member: Participant;
  rules: MemberRules;
  presence: PresenceState;
  /** Milliseconds since 1970; the time of day matters only for the muted. */
  now: number;
  busy: boolean;
  /** Their menu is open. */
  isOpen: boolean;
  onMenu: (id: number, anchor: HTMLElement) => void;
  onUnmute: (member: Participant) => void;
}

export const MemberRow = memo(function MemberRow(props: MemberRowProps) {
  const { member, rules, presence, now, busy, isOpen, onMenu, onUnmute } = props;
  const { display_name: name, muted_until } = member;
  const isMe = member.id === rules.me;
  const actions = actionsFor(rules, member, now);
  // Who may write and who may not is the business of those who lead the room, and of the muted.
  const seesMute = isMe || rules.myRole !== "member";
  const muted = seesMute && muted_until !== null && isMuted(member, now) ? muteLeft(muted_until, now) : null;
  const chip = words.roles[member.room_role];
  return (
    <li className="hr-person">
      <Avatar id={member.id} name={name} staff={member.role !== "student"} size={34} presence={presence} />
      <div className="hr-grow">
        <div className="hr-person-name">
          <span className="hr-ell">{name}</span>
          {chip && <RoleChip>{chip}</RoleChip>}
        </div>
        {isMe && !muted && <small>{words.you}</small>}
        {muted && <small className="is-muted">{isMe ? `${words.you} · ${muted}` : muted}</small>}
      </div>
      <div className="hr-person-end">
        {actions.includes("unmute") && (
          <Button size="sm" busy={busy} aria-label={words.unmuteName(name)} onClick={() => onUnmute(member)}>
            {words.unmute}
          </Button>
        )}
        {actions.some((action) => action !== "unmute") && (
          <IconButton
            label={words.menu(name)}
            icon={Ellipsis}
            aria-haspopup="menu"
            aria-expanded={isOpen}
            className={isOpen ? "active" : undefined}
            onClick={({ currentTarget }) => onMenu(member.id, currentTarget)}
          />
        )}
      </div>
    </li>
  );
});
