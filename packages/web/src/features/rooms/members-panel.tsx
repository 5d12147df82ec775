// Who is in the room: hosts, who is here, who is away, who is neither; and what can be done about each, by those who may.
import type { Participant, PresenceState } from "@homeroom/protocol";
import { UserPlus } from "lucide-react";
import { useRef, useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel, PanelSection } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { useKeptFocus } from "../../ui/use-kept-focus.ts";
import type { MemberChoice } from "./member-menu.ts";
import { MemberRow } from "./member-row.tsx";
import { groupMembers, type MemberRules } from "./members.ts";
import { useFirstMany } from "./use-first-many.ts";
import { useMemberMenu } from "./use-member-menu.tsx";
import { useHeldPresence } from "./use-held-presence.ts";

const words = {
  title: "Members",
  search: "Find a member",
  invite: "Invite people",
  hosts: "Hosts",
  here: "Here now",
  away: "Away",
  gone: "Not here",
  nobody: (search: string) => `Nobody like “${search}”`,
  nobodyText: "Try fewer letters, or look through everybody.",
  everybody: "Show everybody",
  people: (all: number) => `${all} ${all === 1 ? "person" : "people"}`,
  count: (people: string, here: number) => `${people}, ${here} here now`,
  found: (count: number) => (count === 1 ? "1 person found" : `${count} people found`),
  loading: "Loading the members",
  failed: "The list of members did not arrive.",
  retry: "Try again",
};

export interface MembersPanelProps {
  /** Undefined while they are on their way. */
  people: readonly Participant[] | undefined;
  /** They did not arrive. */
  hasFailed?: boolean;
  /** As the room counts them, while they are not here. */
  count: number;
  rules: MemberRules;
  presence: Readonly<Record<number, PresenceState>>;
  /** Milliseconds since 1970. */
  now: number;
  /** People about whom something is on its way to the server. */
  busy?: ReadonlySet<number>;
  /** Must stay the same function, so that a row is drawn again only for its own sake. */
  onChoose: (member: Participant, choice: MemberChoice) => void;
  /** Left out for those who may not. */
  onInvite?: () => void;
  onRetry?: () => void;
  onClose: () => void;
}

const noneBusy: ReadonlySet<number> = new Set();
const skeletonWidths = ["46%", "62%", "38%", "54%", "44%", "58%"];

function LoadingPeople() {
  return (
    <Loading label={words.loading}>
      {skeletonWidths.map((width) => (
        <div key={width} className="hr-person">
          <Skeleton width="34px" height="34px" round />
          <Skeleton width={width} height="14px" />
        </div>
      ))}
    </Loading>
  );
}

function NotArrived({ onRetry }: Pick<MembersPanelProps, "onRetry">) {
  return (
    <div className="hr-rooms-note" role="alert">
      {words.failed}{" "}
      {onRetry && (
        <Button variant="link" onClick={onRetry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}

function NobodyFound({ search, onClear }: { search: string; onClear: () => void }) {
  const clear = <Button onClick={onClear}>{words.everybody}</Button>;
  return <EmptyState level={3} spot="search" title={words.nobody(search)} text={words.nobodyText} actions={clear} />;
}

interface Section {
  title: string;
  count?: number;
  members: Participant[];
}

/** So many members, from the first section on. */
function firstOf(most: number, sections: Section[]): Section[] {
  let left = most;
  return sections.map((section) => {
    const members = section.members.slice(0, left);
    left -= members.length;
    return { ...section, members };
  });
}

type ListProps = MembersPanelProps & { people: readonly Participant[]; search: string; onClear: () => void };

function People({ people, rules, presence, now, busy = noneBusy, onChoose, search, onClear }: ListProps) {
  const presenceOf = (id: number) => (id === rules.me ? "online" : (presence[id] ?? "offline"));
  const held = useHeldPresence(
    people.map(({ id }) => id),
    presenceOf,
  );
  const list = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(list);
  const groups = groupMembers(people, held.presenceOf, search);
  const all = Object.values(groups).flat().length;
  const { most, hasMore, mark } = useFirstMany(all);
  const menu = useMemberMenu({ people, rules, now, onChoose });
  if (all === 0) return <NobodyFound search={search.trim()} onClear={onClear} />;
  const sections = firstOf(most, [
    { title: words.hosts, members: groups.hosts },
    { title: words.here, count: groups.here.length, members: groups.here },
    { title: words.away, count: groups.away.length, members: groups.away },
    { title: words.gone, count: groups.gone.length, members: groups.gone },
  ]);
  return (
    <div
      ref={list}
      onFocus={(event) => {
        held.onFocus();
        kept.onFocus(event);
      }}
      onBlur={(event) => {
        held.onBlur(event);
        kept.onBlur(event);
      }}
    >
      {sections
        .filter(({ members }) => members.length > 0)
        .map(({ title, count, members }) => (
          <PanelSection key={title} title={title} count={count}>
            {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
            <ul role="list">
              {members.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  rules={rules}
                  presence={presenceOf(member.id)}
                  now={member.muted_until === null ? 0 : now}
                  busy={busy.has(member.id)}
                  isOpen={menu.openFor === member.id}
                  onMenu={menu.onMenu}
                  onUnmute={menu.onUnmute}
                />
              ))}
            </ul>
          </PanelSection>
        ))}
      {hasMore && <div key={most} ref={mark} className="hr-list-end" />}
      {menu.view}
    </div>
  );
}

export function MembersPanel(props: MembersPanelProps) {
  const { people, hasFailed = false, count, rules, presence, onInvite, onRetry, onClose } = props;
  const [search, setSearch] = useState("");
  const here = people?.filter(({ id }) => id === rules.me || presence[id] === "online").length;
  const sub = words.people(people?.length ?? count);
  const tools = onInvite && <IconButton label={words.invite} icon={UserPlus} onClick={onInvite} />;
  const found = people && search.trim() ? groupMembers(people, () => "online", search) : null;
  return (
    <Panel title={words.title} sub={here === undefined ? sub : words.count(sub, here)} tools={tools} onClose={onClose}>
      <div className="hr-panel-search">
        <SearchField label={words.search} value={search} onChange={setSearch} />
        <output className="hr-vh">{found && words.found(found.hosts.length + found.here.length)}</output>
      </div>
      {people ? (
        <People {...props} people={people} search={search} onClear={() => setSearch("")} />
      ) : hasFailed ? (
        <NotArrived onRetry={onRetry} />
      ) : (
        <LoadingPeople />
      )}
    </Panel>
  );
}
