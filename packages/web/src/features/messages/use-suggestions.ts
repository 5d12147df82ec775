// The state of the list above the text box: what is asked for, what is offered, which of it is pointed at.
import type { UserCard } from "@homeroom/protocol";
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from "react";
import { applyEdit, insertAt } from "./composer-edit.ts";
import {
  type EmojiHit,
  type RoomName,
  type SuggestKind,
  type Suggestion,
  suggestEmoji,
  suggestPeople,
  suggestRooms,
  type Trigger,
  triggerAt,
} from "./composer-suggest.ts";
import { optionId } from "./composer-suggestions.tsx";

/** What is left out is never offered here; what is only not known yet is an empty list. */
export interface SuggestSources {
  people?: readonly UserCard[];
  rooms?: readonly RoomName[];
  /** Called with two letters or more; its data may have to be fetched first. */
  findEmoji?: (query: string) => Promise<EmojiHit[]>;
  onEmoji?: (emoji: string) => void;
}

const nobody: readonly UserCard[] = [];
const nowhere: readonly RoomName[] = [];
const none: readonly Suggestion[] = [];

/** What the emoji feature answers, a moment later; the answer before stays until then, so that nothing flickers. */
function useEmojiHits(query: string | null, find: SuggestSources["findEmoji"]): readonly Suggestion[] {
  const [answer, setAnswer] = useState({ query: "", items: none });
  useEffect(() => {
    if (query === null || !find) return;
    let current = true;
    const keep = (hits: EmojiHit[]) => current && setAnswer({ query, items: suggestEmoji(hits) });
    // without its data there is nothing to offer, and the text is what it is
    find(query).then(keep, () => keep([]));
    return () => {
      current = false;
    };
  }, [query, find]);
  const fits = query !== null && answer.query !== "" && query.slice(0, 2) === answer.query.slice(0, 2);
  return fits ? answer.items : none;
}

const sameTrigger = (a: Trigger | null, b: Trigger | null): boolean =>
  a?.kind === b?.kind && a?.start === b?.start && a?.end === b?.end && a?.query === b?.query;

const placeOf = (trigger: Trigger | null): string | null => trigger && `${trigger.kind} ${trigger.start}`;

function useItems(trigger: Trigger | null, sources: SuggestSources): readonly Suggestion[] {
  const { people = nobody, rooms = nowhere, findEmoji } = sources;
  const emoji = useEmojiHits(trigger?.kind === "emoji" ? trigger.query : null, findEmoji);
  const [kind, query] = [trigger?.kind, trigger?.query ?? ""];
  return useMemo(() => {
    if (kind === "person") return suggestPeople(people, query);
    if (kind === "room") return suggestRooms(rooms, query);
    return kind === "emoji" ? emoji : none;
  }, [kind, query, people, rooms, emoji]);
}

function kindsOf({ people, rooms, findEmoji }: SuggestSources): SuggestKind[] {
  const kinds: [SuggestKind, unknown][] = [
    ["person", people],
    ["room", rooms],
    ["emoji", findEmoji],
  ];
  return kinds.filter(([, source]) => source !== undefined).map(([kind]) => kind);
}

/** Whoever writes a shortcode to its end, ":tada:", gets the emoji without a list. */
async function replaceNamed(box: HTMLTextAreaElement | null, { findEmoji, onEmoji }: SuggestSources): Promise<void> {
  if (!box || !findEmoji) return;
  const { value, selectionStart: end } = box;
  const [written, name] = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{2,}):$/iu.exec(value.slice(0, end)) ?? [];
  if (!written || !name) return;
  const hits = await findEmoji(name).catch(() => []);
  const hit = hits.find(({ shortcode }) => shortcode === name.toLowerCase());
  // somebody who writes fast may be farther by now
  if (!hit || box.value !== value || box.selectionStart !== end) return;
  applyEdit(box, insertAt({ start: end - written.length, end }, hit.emoji));
  onEmoji?.(hit.emoji);
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const isPlain = (event: KeyboardEvent): boolean =>
  !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing);

export function useSuggestions(box: RefObject<HTMLTextAreaElement | null>, sources: SuggestSources) {
  const listId = useId();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = useItems(trigger, sources);
  const items = placeOf(trigger) === dismissed ? none : found;
  const at = Math.min(active, items.length - 1);

  /** After every change of the text or of the caret. */
  const look = () => {
    const { value = "", selectionStart = 0, selectionEnd = 0 } = box.current ?? {};
    const next = selectionStart === selectionEnd ? triggerAt(value, selectionStart, kindsOf(sources)) : null;
    if (sameTrigger(next, trigger)) return;
    setTrigger(next);
    setActive(0);
    if (placeOf(next) !== dismissed) setDismissed(null);
  };
  const choose = (item: Suggestion) => {
    if (!box.current || !trigger) return;
    const space = box.current.value.charAt(trigger.end) === " " ? "" : " ";
    applyEdit(box.current, insertAt({ start: trigger.start, end: trigger.end }, item.text + space));
    if (item.emoji) sources.onEmoji?.(item.emoji);
    setTrigger(null);
  };
  /** Whether the key was for the list. */
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const item = items[at];
    if (!item || !isPlain(event)) return false;
    const step = STEPS[event.key];
    if (step) setActive((at + step + items.length) % items.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(item);
    else if (event.key === "Escape") setDismissed(placeOf(trigger));
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    list: { id: listId, items, active: at, onActive: setActive, onChoose: choose },
    /** For the text box; a `textbox` may not say whether it is expanded, its `aria-controls` does. */
    aria: {
      "aria-autocomplete": "list" as const,
      "aria-haspopup": "listbox" as const,
      "aria-controls": items.length > 0 ? listId : undefined,
      "aria-activedescendant": items.length > 0 ? optionId(listId, at) : undefined,
    },
    look,
    replaceNamed: () => void replaceNamed(box.current, sources),
    onKey,
    close: () => setTrigger(null),
  };
}
