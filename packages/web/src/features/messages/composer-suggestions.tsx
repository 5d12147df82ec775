// The list above the text box while somebody types @, : or #; the focus stays in the box, which points at an option.
import { Avatar } from "../../ui/avatar.tsx";
import { RoleChip } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Tile } from "../../ui/tile.tsx";
import type { SuggestKind, Suggestion } from "./composer-suggest.ts";

const words = {
  title: { person: "People to mention", emoji: "Emoji", room: "Rooms" } satisfies Record<SuggestKind, string>,
  role: { teacher: "Teacher", admin: "Admin" },
  count: (count: number) => `${count} ${count === 1 ? "suggestion" : "suggestions"}, Enter takes one, Escape leaves.`,
};

const SIZE = 24;

function Picture({ item }: { item: Suggestion }) {
  const { person, emoji, roomId } = item;
  if (person) return <Avatar id={person.id} name={person.display_name} staff={person.role !== "student"} size={SIZE} />;
  if (roomId !== undefined) return <Tile id={roomId} name={item.label} size={SIZE} />;
  return (
    <span className="hr-suggest-emoji" aria-hidden="true">
      {emoji}
    </span>
  );
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

export interface SuggestionsProps {
  id: string;
  items: readonly Suggestion[];
  active: number;
  onActive: (index: number) => void;
  onChoose: (item: Suggestion) => void;
}

/** Its space is not taken from anything: it lies over the messages. */
export function Suggestions({ id, items, active, onActive, onChoose }: SuggestionsProps) {
  const kind = items[0]?.kind;
  if (!kind) return null;
  return (
    // oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a list of pictures that the text box rules with its own keys
    <div
      id={id}
      role="listbox"
      aria-label={words.title[kind]}
      className="hr-suggest"
      // the text box keeps the focus, and the caret stays where it is
      onPointerDown={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        <div
          key={item.key}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          className={classNames("hr-suggest-option", index === active && "is-active")}
          onPointerMove={() => onActive(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(item)}
        >
          <Picture item={item} />
          <span className="hr-ell" dir="auto">
            {item.label}
          </span>
          {item.detail && <span className="hr-suggest-detail hr-ell">{item.detail}</span>}
          {item.person && item.person.role !== "student" && <RoleChip>{words.role[item.person.role]}</RoleChip>}
        </div>
      ))}
    </div>
    // oxlint-enable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events
  );
}

/** Said once when the list opens and whenever it grows or shrinks. */
export function SuggestionCount({ count }: { count: number }) {
  return <output className="hr-vh">{count > 0 ? words.count(count) : ""}</output>;
}
