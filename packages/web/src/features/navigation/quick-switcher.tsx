// Jump to: a field and, under it, rooms, people and things to do that match. Arrows choose, Enter goes there.
import { Search } from "lucide-react";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Kbd } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import type { Match } from "./fuzzy.ts";
import "../../styles/switcher.css";

const words = {
  title: "Jump to",
  field: "Jump to a room or a person",
  placeholder: "Jump to…",
  results: "Results",
  none: (query: string) => `Nothing like “${query}”.`,
  choose: "choose",
  open: "open",
  close: "Esc",
};

export interface Choice {
  key: string;
  /** The group's title: "Rooms", "People", "Do". */
  group: string;
  label: string;
  /** Which letters of the label were meant. */
  ranges: Match["ranges"];
  /** A tile, an avatar or an icon. */
  face: ReactNode;
  /** At the end of the row: "3 unread", keys. */
  hint?: ReactNode;
  run: () => void;
}

export interface QuickSwitcherProps {
  /** What there is for these letters, in the order of the screen; groups stand together. */
  choicesFor: (query: string) => Choice[];
  onClose: () => void;
}

/** The label with the letters that were meant in bold. */
function Marked({ label, ranges }: Pick<Choice, "label" | "ranges">) {
  return (
    <span className="hr-ell" dir="auto">
      {ranges.map(([from, to], index) => (
        <Fragment key={from}>
          {label.slice(ranges[index - 1]?.[1] ?? 0, from)}
          <mark>{label.slice(from, to)}</mark>
        </Fragment>
      ))}
      {label.slice(ranges.at(-1)?.[1] ?? 0)}
    </span>
  );
}

interface OptionProps {
  id: string;
  choice: Choice;
  active: boolean;
  onPoint: () => void;
  onPick: () => void;
}

function Option({ id, choice, active, onPoint, onPick }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's: it has the focus
    <div
      ref={row}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a tag cannot hold an avatar, and a field's list has none
      role="option"
      aria-selected={active}
      className={classNames("hr-switch-row", active && "is-active")}
      onMouseMove={onPoint}
      onClick={onPick}
    >
      {choice.face}
      <Marked label={choice.label} ranges={choice.ranges} />
      {choice.hint && <span className="hr-switch-hint">{choice.hint}</span>}
    </div>
  );
}

interface ResultsProps {
  id: string;
  choices: readonly Choice[];
  at: number;
  onPoint: (index: number) => void;
  onPick: (choice: Choice) => void;
}

function Results({ id, choices, at, onPoint, onPick }: ResultsProps) {
  const groups = [...new Set(choices.map((choice) => choice.group))];
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the option
    <div id={id} role="listbox" aria-label={words.results} className="hr-switch-list">
      {groups.map((group) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the option
        <div key={group} role="group" aria-label={group}>
          <div className="hr-switch-head" aria-hidden="true">
            {group}
          </div>
          {choices.map(
            (choice, index) =>
              choice.group === group && (
                <Option
                  key={choice.key}
                  id={`${id}-${index}`}
                  choice={choice}
                  active={index === at}
                  onPoint={() => onPoint(index)}
                  onPick={() => onPick(choice)}
                />
              ),
          )}
        </div>
      ))}
    </div>
  );
}

function Foot() {
  return (
    <div className="hr-switch-foot" aria-hidden="true">
      <span>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {words.choose}
      </span>
      <span>
        <Kbd>↵</Kbd> {words.open}
      </span>
    </div>
  );
}

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export function QuickSwitcher({ choicesFor, onClose }: QuickSwitcherProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const choices = choicesFor(query);
  const at = Math.min(chosen, choices.length - 1);
  const pick = (choice: Choice) => {
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || choices.length === 0) return;
    const step = steps[event.key];
    const choice = choices[at];
    if (step) setChosen(step(at, choices.length));
    else if (event.key === "Enter" && choice) pick(choice);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open bare title={words.title} onClose={onClose} className="hr-switcher">
      <div className="hr-switch-in">
        <Icon icon={Search} />
        <input
          role="combobox"
          aria-label={words.field}
          aria-expanded={choices.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={choices.length > 0 ? `${id}-${at}` : undefined}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>{words.close}</Kbd>
      </div>
      <Results id={id} choices={choices} at={at} onPoint={setChosen} onPick={pick} />
      {choices.length === 0 && <output className="hr-switch-none">{words.none(query.trim())}</output>}
      <Foot />
    </Modal>
  );
}
