// One member: who they are, what they are here, and the menu of what may be done. Drawn again only for its own sake.
import type { Participant } from "@homeroom/protocol";
import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { RoleChip } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { type MemberChoice, memberMenu } from "./member-menu.ts";
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
  isHere: boolean;
  /** Milliseconds since 1970; the time of day matters only for the muted. */
  now: number;
  busy: boolean;
  onChoose: (member: Participant, choice: MemberChoice) => void;
}

export const MemberRow = memo(function MemberRow(props: MemberRowProps) {
  const { member, rules, isHere, now, busy, onChoose } = props;
  const { display_name: name, muted_until } = member;
  const isMe = member.id === rules.me;
  const actions = actionsFor(rules, member, now);
  // Who may write and who may not is the business of those who lead the room, and of the muted.
  const seesMute = isMe || rules.myRole !== "member";
  const muted = seesMute && muted_until !== null && isMuted(member, now) ? muteLeft(muted_until, now) : null;
  const chip = words.roles[member.room_role];
  const choose = (choice: MemberChoice) => onChoose(member, choice);
  return (
    <li className="hr-person">
      <Avatar
        id={member.id}
        name={name}
        staff={member.role !== "student"}
        size={34}
        presence={isHere ? "online" : "offline"}
      />
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
          <Button size="sm" busy={busy} aria-label={words.unmuteName(name)} onClick={() => choose({ kind: "unmute" })}>
            {words.unmute}
          </Button>
        )}
        <Menu
          label={words.menu(name)}
          icon={Ellipsis}
          items={memberMenu(
            actions.filter((action) => action !== "unmute"),
            member,
            choose,
          )}
        />
      </div>
    </li>
  );
});
