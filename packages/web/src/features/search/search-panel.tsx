// The search panel: a field, where and whose messages to look for, and what was found.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Panel } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { FoundRow, type FoundRowProps } from "./found-row.tsx";
import type { Term } from "./found-words.ts";
import { BeforeTyping, NothingFound, NotSearched, Offline, Searching, TooShort, Wait } from "./search-states.tsx";
import "../../styles/search.css";

const words = {
  title: "Search",
  field: "Search messages",
  placeholder: "Words to look for",
  where: "Where",
  inRoom: (room: string) => `In ${room}`,
  everywhere: "Everywhere",
  from: "From",
  anyone: "Anyone",
  results: "Results",
  found: (count: number, hasMore: boolean) =>
    hasMore ? `${count} results, and more` : count === 1 ? "1 result" : `${count} results`,
  none: "No results",
  more: "Load more",
  moreFailed: "The next results did not arrive.",
};

export type SearchStatus =
  | { kind: "idle" | "short" | "loading" | "ready" | "offline" }
  /** `again`: it will be tried again by itself. */
  | { kind: "failed"; sentence: string; again: boolean };

export interface SearchPanelProps {
  typed: string;
  onType: (typed: string) => void;
  /** Enter in the field. */
  onSubmit: () => void;
  roomName: string;
  everywhere: boolean;
  onEverywhere: (everywhere: boolean) => void;
  people: readonly { id: number; name: string }[];
  from: number | null;
  onFrom: (id: number | null) => void;
  status: SearchStatus;
  terms: readonly Term[];
  /** While the next ones are on their way, those before them. */
  results: readonly Omit<FoundRowProps, "terms">[];
  more: "none" | "some" | "loading" | "failed";
  onMore: () => void;
  recent: readonly string[];
  onRecent: (q: string) => void;
  onForget: () => void;
  onRetry: () => void;
  onClose: () => void;
}

/** Everything that the arrows stop at. */
const stopsOf = (frame: HTMLElement) => [...frame.querySelectorAll<HTMLElement>("[data-found]")];

function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const isField = event.target instanceof HTMLInputElement;
  const isStop = event.target instanceof HTMLElement && event.target.dataset["found"] !== undefined;
  if ((!isField && !isStop) || event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const field = event.currentTarget.querySelector("input");
  const stops = stopsOf(event.currentTarget);
  const at = stops.indexOf(event.target as HTMLElement);
  const ways: Record<string, HTMLElement | null | undefined> = isField
    ? { ArrowDown: stops[0] }
    : { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1] ?? field, Home: stops[0], End: stops.at(-1) };
  if (!(event.key in ways)) return;
  event.preventDefault();
  ways[event.key]?.focus();
}

type FilterProps = Pick<SearchPanelProps, "roomName" | "everywhere" | "onEverywhere" | "people" | "from" | "onFrom">;

function Filters({ roomName, everywhere, onEverywhere, people, from, onFrom }: FilterProps) {
  const places = [
    { value: "room", label: words.inRoom(roomName) },
    { value: "all", label: words.everywhere },
  ];
  const anyone = { value: "", label: words.anyone };
  return (
    <div className="hr-search-by">
      <SelectField
        label={words.where}
        value={everywhere ? "all" : "room"}
        options={places}
        onChange={(value) => onEverywhere(value === "all")}
      />
      <SelectField
        label={words.from}
        value={from === null ? "" : String(from)}
        options={[anyone, ...people.map(({ id, name }) => ({ value: String(id), label: name }))]}
        onChange={(value) => onFrom(value === "" ? null : Number(value))}
      />
    </div>
  );
}

function Results({ results, terms, more, onMore, status }: SearchPanelProps) {
  const isOld = status.kind !== "ready";
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets a list without bullets */}
      <ul role="list" aria-label={words.results} className={classNames("hr-founds", isOld && "is-old")}>
        {results.map((result) => (
          <FoundRow key={result.found.id} {...result} terms={terms} />
        ))}
      </ul>
      {more !== "none" && !isOld && (
        <div className="hr-found-more">
          {more === "failed" && <p role="alert">{words.moreFailed}</p>}
          <Button data-found="" busy={more === "loading"} onClick={onMore}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}

/** What is said of the search itself, above results that may be older. */
function noteOf({ status, results, onRetry }: SearchPanelProps): ReactNode {
  switch (status.kind) {
    case "offline":
      return <Offline />;
    case "failed":
      return status.again ? (
        <Wait sentence={status.sentence} />
      ) : (
        <NotSearched sentence={status.sentence} onRetry={onRetry} />
      );
    case "loading":
      return results.length === 0 ? <Searching /> : null;
    default:
      return null;
  }
}

function Content(props: SearchPanelProps) {
  const { status, results, typed, more, recent, everywhere, from } = props;
  if (status.kind === "idle") {
    return <BeforeTyping recent={recent} onPick={props.onRecent} onForget={props.onForget} />;
  }
  if (status.kind === "short") return <TooShort />;
  const isNothing = status.kind === "ready" && results.length === 0 && more === "none";
  if (isNothing) {
    const onEverywhere = everywhere ? undefined : () => props.onEverywhere(true);
    const onAnyone = from === null ? undefined : () => props.onFrom(null);
    return <NothingFound query={typed.trim()} onEverywhere={onEverywhere} onAnyone={onAnyone} />;
  }
  return (
    <>
      {noteOf(props)}
      <Results {...props} />
    </>
  );
}

/** The field takes the focus. Arrows go through the results, Esc closes. */
export function SearchPanel(props: SearchPanelProps) {
  const { status, results, more, onClose } = props;
  const frame = useRef<HTMLDivElement>(null);
  // After the panel's own effect, which gives the focus to its heading.
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const count = results.length === 0 ? words.none : words.found(results.length, more !== "none");
  return (
    <Panel title={words.title} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what it holds bubble up to it */}
      <div ref={frame} className="hr-search" onKeyDown={onArrows}>
        <div className="hr-search-top">
          <SearchField
            label={words.field}
            placeholder={words.placeholder}
            value={props.typed}
            onChange={props.onType}
            onEnter={props.onSubmit}
            onEscape={onClose}
          />
          <Filters {...props} />
          <output className="hr-found-count" aria-live="polite">
            {status.kind === "ready" && count}
          </output>
        </div>
        <Content {...props} />
      </div>
    </Panel>
  );
}
