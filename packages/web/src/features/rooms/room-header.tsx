// The bar above the open room: what it is, who waits, who is in it, and what can be done with it.
import type { RoomCard, UserCard } from "@homeroom/protocol";
import { ArrowLeft, Ellipsis, Lock, Search, UserPlus, Users } from "lucide-react";
import { AvatarStack } from "../../ui/avatar.tsx";
import { Count, RoleChip } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { nameParts, Tile } from "../../ui/tile.tsx";

const words = {
  back: "Back to rooms",
  menu: "Room menu",
  locked: "Private room",
  archived: "Archived",
  search: "Search in this room",
  members: (count: number) => `${count} ${count === 1 ? "member" : "members"}`,
  requests: (count: number) => `${count} join ${count === 1 ? "request" : "requests"}`,
};

export interface RoomHeaderProps {
  room: Pick<RoomCard, "id" | "name" | "description" | "public" | "is_active" | "participant_count">;
  /** Up to three faces for the members button. */
  faces?: UserCard[];
  /** People waiting to be let in; hosts and cohosts only. */
  requests?: number;
  onBack: () => void;
  /** Left out while there is nothing to open. */
  onMembers?: () => void;
  onRequests?: () => void;
  onSearch?: () => void;
  menu: MenuItem[];
}

const FACES = 3;

/** The room that the faces will take, before anybody knows them. */
function BlankFaces({ count }: { count: number }) {
  return (
    <span className="hr-av-stack" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className="hr-av is-blank" />
      ))}
    </span>
  );
}

function MembersButton({ count, faces, onClick }: { count: number; faces: UserCard[]; onClick: () => void }) {
  const people = faces.slice(0, FACES).map((face) => ({
    id: face.id,
    name: face.display_name,
    staff: face.role !== "student",
  }));
  const label = words.members(count);
  return (
    <button type="button" className="hr-members-btn hr-hide-sm" aria-label={label} title={label} onClick={onClick}>
      {people.length > 0 ? <AvatarStack people={people} /> : <BlankFaces count={Math.min(count, FACES)} />}
      <span className="hr-num hr-hide-lg">{count}</span>
    </button>
  );
}

/** What the bar has no room for on phones stands in the menu there. */
function phoneItems({ room, onMembers, onSearch }: RoomHeaderProps): MenuItem[] {
  const members = { key: "members", label: words.members(room.participant_count), icon: Users, phoneOnly: true };
  const search = { key: "search", label: words.search, icon: Search, phoneOnly: true };
  return [
    ...(onMembers ? [{ ...members, onSelect: onMembers }] : []),
    ...(onSearch ? [{ ...search, onSelect: onSearch }] : []),
  ];
}

function Title({ room }: Pick<RoomHeaderProps, "room">) {
  // the emoji stands on the tile; read aloud, the name is whole
  const { emoji, beside } = nameParts(room.name);
  return (
    <div className="hr-grow">
      <div className="hr-head-title">
        <h1 className="hr-head-title hr-ell">
          {emoji && <span className="hr-vh">{emoji} </span>}
          {beside}
        </h1>
        {!room.public && (
          <>
            <Icon icon={Lock} size={16} />
            <span className="hr-vh">{words.locked}</span>
          </>
        )}
        {!room.is_active && <RoleChip line>{words.archived}</RoleChip>}
      </div>
      {room.description && (
        <div className="hr-head-topic hr-ell" title={room.description}>
          {room.description}
        </div>
      )}
    </div>
  );
}

export function RoomHeader(props: RoomHeaderProps) {
  const { room, faces = [], requests = 0, onBack, onMembers, onRequests, onSearch, menu } = props;
  return (
    <header className="hr-head">
      <IconButton label={words.back} icon={ArrowLeft} className="hr-back" onClick={onBack} />
      <Tile id={room.id} name={room.name} size={36} />
      <Title room={room} />
      <div className="hr-head-tools">
        {requests > 0 && onRequests && (
          <IconButton
            label={words.requests(requests)}
            icon={UserPlus}
            badge={<Count value={requests} kind="go" />}
            onClick={onRequests}
          />
        )}
        {onSearch && <IconButton label={words.search} icon={Search} className="hr-hide-sm" onClick={onSearch} />}
        {onMembers && <MembersButton count={room.participant_count} faces={faces} onClick={onMembers} />}
        <Menu label={words.menu} icon={Ellipsis} items={[...phoneItems(props), ...menu]} />
      </div>
    </header>
  );
}
