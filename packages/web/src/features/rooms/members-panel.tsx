// Who is in the room: hosts first, and for hosts what can be done about each.
import type { Participant } from "@homeroom/protocol";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Avatar, type Presence } from "../../ui/avatar.tsx";
import { RoleChip } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Panel, PanelSection } from "../../ui/panel.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { laterTime } from "../../ui/time.ts";

const words = {
  title: "Members",
  search: "Find a member",
  hosts: "Hosts",
  members: "Members",
  host: "Host",
  cohost: "Cohost",
  you: "You",
  muted: (when: string) => `Muted, can write again ${when}`,
  nobody: (search: string) => `Nobody like “${search}”`,
  nobodyText: "Try fewer letters, or look through everybody.",
  everybody: "Show everybody",
  count: (all: number) => `${all} ${all === 1 ? "person" : "people"}`,
  menu: (name: string) => `Actions for ${name}`,
};

export interface MembersPanelProps {
  /** `muted_until` only while it lies ahead. */
  participants: Participant[];
  /** The reader's own id. */
  me: number;
  presenceOf?: (id: number) => Presence | undefined;
  /** What the reader may do about somebody; nothing for none. */
  menuFor?: (member: Participant) => MenuItem[];
  onClose: () => void;
}

type RowProps = Pick<MembersPanelProps, "me" | "presenceOf" | "menuFor"> & { member: Participant };

function MemberRow({ member, me, presenceOf, menuFor }: RowProps) {
  const muted = member.muted_until;
  const chips = { host: words.host, cohost: words.cohost, member: null };
  const chip = chips[member.room_role];
  return (
    <li className="hr-person">
      <Avatar
        id={member.id}
        name={member.display_name}
        staff={member.role !== "student"}
        size={32}
        presence={presenceOf?.(member.id)}
      />
      <div className="hr-grow">
        <div className="hr-person-name">
          <span className="hr-ell">{member.display_name}</span>
          {chip && <RoleChip>{chip}</RoleChip>}
        </div>
        {(muted || member.id === me) && <small>{muted ? words.muted(laterTime(muted)) : words.you}</small>}
      </div>
      <Menu label={words.menu(member.display_name)} icon={Ellipsis} items={menuFor?.(member) ?? []} />
    </li>
  );
}

function matches(member: Participant, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  return [member.display_name, member.username].some((name) => name.toLocaleLowerCase().includes(wanted));
}

function NobodyFound({ search, onClear }: { search: string; onClear: () => void }) {
  const clear = <Button onClick={onClear}>{words.everybody}</Button>;
  return <EmptyState level={3} spot="search" title={words.nobody(search)} text={words.nobodyText} actions={clear} />;
}

export function MembersPanel({ participants, onClose, ...row }: MembersPanelProps) {
  const [search, setSearch] = useState("");
  const found = participants
    .filter((member) => matches(member, search))
    .toSorted((a, b) => a.display_name.localeCompare(b.display_name));
  const groups = [
    { title: words.hosts, members: found.filter((member) => member.room_role !== "member") },
    { title: words.members, members: found.filter((member) => member.room_role === "member") },
  ];
  return (
    <Panel title={words.title} sub={words.count(participants.length)} onClose={onClose}>
      <div className="hr-panel-search">
        <TextField label={words.search} type="search" value={search} onChange={setSearch} />
      </div>
      {groups
        .filter((group) => group.members.length > 0)
        .map((group) => (
          <PanelSection key={group.title} title={group.title}>
            {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
            <ul role="list">
              {group.members.map((member) => (
                <MemberRow key={member.id} member={member} {...row} />
              ))}
            </ul>
          </PanelSection>
        ))}
      {found.length === 0 && <NobodyFound search={search} onClear={() => setSearch("")} />}
    </Panel>
  );
}
