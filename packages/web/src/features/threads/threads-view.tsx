// The threads that I write in or follow, and my private chats: two tabs, all of them or only what is new.
import { RotateCw } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useEffect, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { shownItems, type ThreadFilter, type ThreadItem, unreadItems } from "./thread-items.ts";
import { ThreadRow } from "./thread-row.tsx";
import "../../styles/search.css";
import "../../styles/threads.css";

const words = {
  tabs: "Threads",
  inRooms: "In rooms",
  private: "Private",
  show: "Show",
  all: "All",
  unread: "Unread",
  markAll: "Mark all read",
  loading: "Loading threads…",
  none: "No threads yet",
  noneText: "Threads you write in or follow show up here.",
  noPrivate: "No private chats yet",
  noPrivateText: "“Reply privately” on a message begins one. Only the two of you write in it.",
  read: "Everything is read",
  readText: "What is new will stand here.",
  showAll: "Show all",
  failed: "The list did not arrive",
  failedText: "The server did not answer. Nothing is lost, we just could not fetch it.",
  retry: "Try again",
};

export type ThreadTab = "rooms" | "private";
export type ListStatus = "loading" | "error" | "ready";

export interface ThreadsViewProps {
  tab: ThreadTab;
  onTab: (tab: ThreadTab) => void;
  /** Of a heading in it: under the panel's, or the section's. */
  level?: 2 | 3;
  lists: Record<ThreadTab, { status: ListStatus; items: readonly ThreadItem[] }>;
  hrefFor: (tab: ThreadTab, item: ThreadItem) => string;
  onOpen: (tab: ThreadTab, item: ThreadItem) => void;
  onRetry: (tab: ThreadTab) => void;
  /** All of the tab that have something new. */
  onMarkAll: (tab: ThreadTab, items: readonly ThreadItem[]) => void;
}

/** Arrows lead from thread to thread; Tab goes through them as through all links. */
function moveInList(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-thread]")];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
  const to = targets[event.key];
  if (to === undefined) return;
  event.preventDefault();
  links[to]?.focus();
}

const STEP = 50;

/** Draws the first fifty, and more as their end comes into view. */
function useFirst(all: number) {
  const [most, setMost] = useState(STEP);
  const [mark, setMark] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!mark) return;
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setMost((before) => before + STEP),
      { rootMargin: "600px" },
    );
    watch.observe(mark);
    return () => watch.disconnect();
  }, [mark]);
  return { most, mark: most < all ? setMark : null };
}

interface ListProps extends Pick<ThreadsViewProps, "hrefFor" | "onOpen"> {
  tab: ThreadTab;
  items: readonly ThreadItem[];
}

function List({ tab, items, hrefFor, onOpen }: ListProps) {
  const { most, mark } = useFirst(items.length);
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles, jsx-a11y/no-noninteractive-element-interactions -- Safari forgets a list without bullets; arrows move among its links
    <ul role="list" className="hr-thread-rows" onKeyDown={moveInList}>
      {items.slice(0, most).map((item) => (
        <ThreadRow key={item.id} item={item} href={hrefFor(tab, item)} onOpen={() => onOpen(tab, item)} />
      ))}
      {mark && <li key={most} ref={mark} className="hr-list-end" aria-hidden="true" />}
    </ul>
  );
}

const skeletonWidths = ["82%", "56%", "70%"];

/** As high as threads whose words take one line. */
function Waiting() {
  return (
    <Loading label={words.loading}>
      {skeletonWidths.map((width) => (
        <div key={width} className="hr-thread-sk">
          <Skeleton width="36px" height="36px" round />
          <span>
            <Skeleton width="48%" height="12px" />
            <Skeleton width={width} height="13px" />
            <Skeleton width="30%" height="12px" />
          </span>
        </div>
      ))}
    </Loading>
  );
}

/** The button that was pressed goes with what it has done: the focus goes to the filter's chosen part. */
const focusFilter = (event: MouseEvent<HTMLElement>): void =>
  event.currentTarget.closest(".hr-threads")?.querySelector<HTMLElement>("[aria-pressed='true']")?.focus();

interface FilterProps {
  filter: ThreadFilter;
  onFilter: (filter: ThreadFilter) => void;
  onMarkAll: (() => void) | null;
}

function Filter({ filter, onFilter, onMarkAll }: FilterProps) {
  const option = (value: ThreadFilter, label: string) => (
    <button
      type="button"
      className={classNames("hr-thread-chip", filter === value && "is-chosen")}
      aria-pressed={filter === value}
      onClick={() => onFilter(value)}
    >
      {label}
    </button>
  );
  return (
    <div className="hr-thread-filter">
      <fieldset className="hr-thread-chips">
        <legend className="hr-vh">{words.show}</legend>
        {option("all", words.all)}
        {option("unread", words.unread)}
      </fieldset>
      {onMarkAll && (
        <Button
          variant="light"
          size="sm"
          onClick={(event) => {
            focusFilter(event);
            onMarkAll();
          }}
        >
          {words.markAll}
        </Button>
      )}
    </div>
  );
}

interface NothingProps {
  tab: ThreadTab;
  level: 2 | 3;
  isFiltered: boolean;
  onAll: () => void;
}

function Nothing({ tab, level, isFiltered, onAll }: NothingProps) {
  if (isFiltered) {
    const showAll = (event: MouseEvent<HTMLElement>) => {
      focusFilter(event);
      onAll();
    };
    const all = <Button onClick={showAll}>{words.showAll}</Button>;
    return <EmptyState level={level} spot="hello" title={words.read} text={words.readText} actions={all} />;
  }
  const [title, text] = tab === "rooms" ? [words.none, words.noneText] : [words.noPrivate, words.noPrivateText];
  return <EmptyState level={level} spot="hello" title={title} text={text} />;
}

/** In a panel beside a room, or on the main sheet: it wants a parent that is a column. */
export function ThreadsView({ tab, onTab, level = 3, lists, onRetry, onMarkAll, ...ways }: ThreadsViewProps) {
  const [filter, setFilter] = useState<ThreadFilter>("all");
  const { status, items } = lists[tab];
  const shown = shownItems(items, filter);
  const unread = { rooms: unreadItems(lists.rooms.items), private: unreadItems(lists.private.items) };
  const isReady = status === "ready" || items.length > 0;
  const all = () => setFilter("all");
  return (
    <div className="hr-threads">
      <Tabs
        label={words.tabs}
        value={tab}
        onChange={onTab}
        options={[
          { value: "rooms", label: words.inRooms, unread: unread.rooms },
          { value: "private", label: words.private, unread: unread.private },
        ]}
      >
        {isReady && items.length > 0 && (
          <Filter
            filter={filter}
            onFilter={setFilter}
            onMarkAll={unread[tab] > 0 ? () => onMarkAll(tab, shownItems(items, "unread")) : null}
          />
        )}
        <div className="hr-threads-scroll">
          {isReady && shown.length > 0 && <List key={`${tab} ${filter}`} tab={tab} items={shown} {...ways} />}
          {isReady && shown.length === 0 && (
            <Nothing tab={tab} level={level} isFiltered={items.length > 0} onAll={all} />
          )}
          {!isReady && status === "loading" && <Waiting />}
          {status === "error" && (
            <EmptyState
              level={level}
              alert
              spot="plug"
              title={words.failed}
              text={words.failedText}
              actions={
                <Button variant="primary" icon={RotateCw} onClick={() => onRetry(tab)}>
                  {words.retry}
                </Button>
              }
            />
          )}
        </div>
      </Tabs>
    </div>
  );
}
