// The emoji picker: search, what was used last, all categories, skin tones. Loaded when it is first opened.
import { EmojiPicker as Parts, type EmojiPickerListComponents } from "frimousse";
import { type ChangeEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useCoarsePointer, usePhone } from "../../ui/use-media-query.ts";
import { type EmojiEntry, toned } from "./emoji-data.ts";
import { EmojiCategories } from "./emoji-categories.tsx";
import type { EmojiMemory, SkinTone } from "./emoji-memory.ts";
import { createPickerData } from "./emoji-picker-data.ts";
import { SkinToneChoice } from "./emoji-skin-tone.tsx";

const words = {
  search: "Search emoji",
  all: "All emoji",
  none: (search: string) => `No emoji for “${search}”. Try another word.`,
  hint: "Arrow keys move, Enter takes one",
};

/** Pixels: a cell for a mouse and for a finger, the popover's room, and the sheet's margins. */
const CELL = { fine: 34, coarse: 44 };
const POPOVER_ROOM = 306;
const SHEET_MARGIN = 30;

/** Rows and columns are counted from 1 for assistive technology; the parts count from 0 and find rows by it (see emoji-popover.css). */
const counted = (index: number | undefined): number | undefined => (index === undefined ? undefined : index + 1);

const components: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...rest }) => (
    <div {...rest} className="hr-picker-head">
      {category.label}
    </div>
  ),
  Row: ({ children, ...rest }) => (
    <div {...rest} aria-rowindex={counted(rest["aria-rowindex"])} className="hr-picker-row">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...rest }) => (
    <button
      {...rest}
      type="button"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a cell in the middle of what scrolls, which no table has
      role="gridcell"
      aria-colindex={counted(rest["aria-colindex"])}
      className="hr-picker-emoji"
    >
      {emoji.emoji}
    </button>
  ),
};

function useColumns(): number {
  const [phone, coarse] = [usePhone(), useCoarsePointer()];
  const room = phone ? window.innerWidth - SHEET_MARGIN : POPOVER_ROOM;
  return Math.max(5, Math.floor(room / (coarse ? CELL.coarse : CELL.fine)));
}

function Foot({ tone, onTone, hand }: { tone: SkinTone; onTone: (tone: SkinTone) => void; hand?: EmojiEntry }) {
  return (
    <div className="hr-picker-foot">
      <Parts.ActiveEmoji>
        {({ emoji }) =>
          emoji ? (
            <>
              <span className="hr-picker-shown" aria-hidden="true">
                {emoji.emoji}
              </span>
              <span className="hr-ell">{emoji.label}</span>
            </>
          ) : (
            <span className="hr-ell hr-picker-hint">{words.hint}</span>
          )
        }
      </Parts.ActiveEmoji>
      <SkinToneChoice tone={tone} onChange={onTone} show={(one) => (hand ? toned(hand, one) : "✋")} />
    </div>
  );
}

export interface EmojiPickerProps {
  entries: EmojiEntry[];
  memory: EmojiMemory;
  onPick: (emoji: string) => void;
}

export function EmojiPicker({ entries, memory, onPick }: EmojiPickerProps) {
  const [search, setSearch] = useState("");
  const [tone, setTone] = useState(memory.tone);
  // what was used last stays in its order while the picker is open
  const [recent] = useState(memory.recent);
  const data = useMemo(() => createPickerData(entries, recent, tone), [entries, recent, tone]);
  const field = useRef<HTMLInputElement>(null);
  // whether the one that is marked was gone to, and is not simply the first
  const isChosen = useRef(false);
  const coarse = useCoarsePointer();
  const columns = useColumns();
  useEffect(() => {
    if (!coarse) field.current?.focus();
  }, [coarse]);
  const changeTone = (next: SkinTone) => {
    setTone(next);
    memory.setTone(next);
  };
  const pick = ({ emoji }: { emoji: string }) => {
    memory.notePicked(emoji);
    onPick(emoji);
  };
  const searching = search.trim() !== "";
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    isChosen.current = false;
    setSearch(event.target.value);
  };
  // who types quickly is ahead of the list, and means what will stand first in it
  const takeFirst = (event: KeyboardEvent) => {
    if (event.key.startsWith("Arrow")) isChosen.current = true;
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !searching || isChosen.current) return;
    event.preventDefault();
    const emoji = data.first(search);
    if (emoji) pick({ emoji });
  };
  return (
    <Parts.Root
      className="hr-picker"
      columns={columns}
      skinTone={tone}
      resolveEmojiData={(_locale, { emojibaseUrl }) => data.resolve(emojibaseUrl)}
      // nothing is fetched: this is how the part is told to ask for its data anew, see createPickerData
      emojibaseUrl={data.view(searching)}
      onEmojiSelect={pick}
    >
      <Parts.Search
        ref={field}
        className="form-control hr-picker-search"
        aria-label={words.search}
        placeholder={words.search}
        maxLength={60}
        value={search}
        onChange={change}
        onKeyDown={takeFirst}
      />
      <EmojiCategories categories={data.categories} columns={columns} hidden={searching} />
      <Parts.Viewport
        className="hr-picker-view"
        tabIndex={0}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the part scrolls, which a fieldset does badly
        role="group"
        aria-label={words.all}
        onPointerMove={() => {
          isChosen.current = true;
        }}
      >
        <Parts.Empty className="hr-picker-none">{({ search: sought }) => words.none(sought)}</Parts.Empty>
        <Parts.List aria-label={words.all} components={components} />
      </Parts.Viewport>
      <Foot tone={tone} onTone={changeTone} hand={data.hand} />
    </Parts.Root>
  );
}
