// The reactions under a message: one chip for each emoji, of which mine is pressed, and a button for another one.
import { SmilePlus } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";

const words = {
  reactions: "Reactions",
  add: "Add reaction",
  more: (count: number) => `${count} more ${count === 1 ? "reaction" : "reactions"}`,
  you: "you",
  and: "and",
  others: (count: number) => `${count} ${count === 1 ? "other" : "others"}`,
};

export interface ReactionCount {
  emoji: string;
  count: number;
  user_ids: readonly number[];
}

/** Chips before the rest is only counted. */
const MOST_CHIPS = 12;
const MOST_NAMES = 8;

/** "Aylin", "Aylin and you", "Aylin, Noah and 3 others": who is known by name, me last, the rest counted. */
export function namesLine(
  ids: readonly number[],
  count: number,
  me: number,
  nameOf: (id: number) => string | undefined,
): string {
  const others = ids.filter((id) => id !== me).flatMap((id) => nameOf(id) ?? []);
  const isMine = ids.includes(me);
  const named = others.slice(0, MOST_NAMES);
  const rest = Math.max(count, ids.length) - named.length - (isMine ? 1 : 0);
  const all = [...named, ...(isMine ? [words.you] : []), ...(rest > 0 ? [words.others(rest)] : [])];
  if (all.length < 2) return all.join("");
  return `${all.slice(0, -1).join(", ")} ${words.and} ${all.at(-1) ?? ""}`;
}

/** One tab stop: the arrows go from chip to chip, Esc back to the message. */
function moveInChips(event: KeyboardEvent<HTMLElement>): void {
  const chips = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = chips.findIndex((chip) => chip === document.activeElement);
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const targets: Record<string, number> = {
    [forward]: Math.min(at + 1, chips.length - 1),
    [backward]: Math.max(at - 1, 0),
    Home: 0,
    End: chips.length - 1,
  };
  const target = targets[event.key];
  if (target !== undefined) chips[target]?.focus();
  else if (event.key === "Escape") event.currentTarget.closest<HTMLElement>("[data-message]")?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

interface ChipProps {
  reaction: ReactionCount;
  mine: boolean;
  names: string;
  tabIndex: 0 | -1;
  onFocus: () => void;
  onToggle: (() => void) | undefined;
}

function Chip({ reaction, mine, names, tabIndex, onFocus, onToggle }: ChipProps) {
  // only what I have just pressed bounces, not what was mine when it came
  const [isFresh, setFresh] = useState(false);
  const press = () => {
    setFresh(!mine);
    onToggle?.();
  };
  const label = `${reaction.emoji} ${reaction.count}${names && `, ${names}`}`;
  return (
    <button
      type="button"
      className={classNames("hr-rx", mine && "is-mine", mine && isFresh && "is-fresh")}
      aria-pressed={mine}
      aria-disabled={onToggle === undefined || undefined}
      aria-label={label}
      title={names}
      tabIndex={tabIndex}
      onFocus={onFocus}
      onClick={press}
    >
      <span aria-hidden="true">{reaction.emoji}</span>
      {reaction.count}
    </button>
  );
}

export interface ReactionChipsProps {
  reactions: readonly ReactionCount[];
  me: number;
  /** Who they are, for the tooltip and the name: "Aylin, Noah and you". */
  namesOf: (ids: readonly number[]) => string;
  onToggle?: ((emoji: string) => void) | undefined;
  onAdd?: ((anchor: HTMLElement) => void) | undefined;
}

export function ReactionChips({ reactions, me, namesOf, onToggle, onAdd }: ReactionChipsProps) {
  const [isOpen, setOpen] = useState(false);
  const [stop, setStop] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const shown = reactions.filter(({ count }) => count > 0);
  if (shown.length === 0) return null;
  const visible = isOpen ? shown : shown.slice(0, MOST_CHIPS);
  const hidden = shown.length - visible.length;
  const stops = [...visible.map(({ emoji }) => emoji), ...(hidden > 0 ? ["more"] : []), ...(onAdd ? ["add"] : [])];
  const current = stops.includes(stop) ? stop : stops[0];
  const tab = (name: string) => ({ tabIndex: name === current ? 0 : -1, onFocus: () => setStop(name) }) as const;
  const unfold = () => {
    setOpen(true);
    // the button has gone: the first chip that was hidden takes its place
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLElement>(".hr-rx")[MOST_CHIPS]?.focus());
  };
  return (
    <div
      ref={box}
      className="hr-reactions"
      role="toolbar"
      aria-label={words.reactions}
      tabIndex={-1}
      onKeyDown={moveInChips}
    >
      {visible.map((reaction) => (
        <Chip
          key={reaction.emoji}
          reaction={reaction}
          mine={reaction.user_ids.includes(me)}
          names={namesOf(reaction.user_ids)}
          onToggle={onToggle && (() => onToggle(reaction.emoji))}
          {...tab(reaction.emoji)}
        />
      ))}
      {hidden > 0 && (
        <button type="button" className="hr-rx" aria-label={words.more(hidden)} {...tab("more")} onClick={unfold}>
          +{hidden}
        </button>
      )}
      {onAdd && (
        <button
          type="button"
          className="hr-rx is-add"
          aria-label={words.add}
          title={words.add}
          {...tab("add")}
          onClick={(event) => onAdd(event.currentTarget)}
        >
          <Icon icon={SmilePlus} size={16} />
        </button>
      )}
    </div>
  );
}
