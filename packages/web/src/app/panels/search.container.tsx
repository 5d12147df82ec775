// Looking for messages beside the open room: the query stands in the address, the results in the state.
import type { Me } from "@homeroom/protocol";
import { useEffect, useMemo, useRef, useState } from "react";
import { findTerms, isTooShort, type Term, termsOf } from "../../features/search/found-words.ts";
import { type Asked, type Found, isAnswered, isSame } from "../../features/search/search.state.ts";
import { SearchPanel, type SearchStatus } from "../../features/search/search-panel.tsx";
import { partnerOf } from "../../features/private-threads/private-threads.state.ts";
import { isMember, type RoomState } from "../../features/rooms/rooms.state.ts";
import { ApiError, type Failure, tell } from "../../kit/failures.ts";
import { loadPrivateThreads } from "../actions/private-threads.ts";
import { keepSearches, noteSearch, queryOf, recentSearches, search, searchOn } from "../actions/search.ts";
import { goTo, hrefOf, type Panel, type Route } from "../router.ts";
import type { AppState } from "../state.ts";
import { useApp, useAppShallow, useClient } from "../store.ts";

const words = {
  privately: (name: string) => `Private with ${name}`,
  private: "Private chat",
  thread: "In a thread",
  room: "A room",
};

const PAUSE_MS = 250;

type Known = Pick<AppState, "rooms" | "threads">;
const useKnown = (): Known => useAppShallow(({ rooms, threads }) => ({ rooms, threads }));

/** What is typed, and, once the fingers rest, in the address: there "back" leads out of the panel, not letter by letter. */
function useQuery(room: number, q: string) {
  const [typed, setTyped] = useState(q);
  const [seen, setSeen] = useState(q);
  if (seen !== q) {
    setSeen(q);
    if (queryOf(typed) !== q) setTyped(q);
  }
  const wanted = queryOf(typed);
  const put = (next: string) => {
    const route = (q?: string): Route => ({ name: "room", id: room, panel: { kind: "search", ...(q && { q }) } });
    // A result may have been opened since the last letter.
    if (location.pathname === hrefOf(route())) goTo(route(next), { replace: true });
  };
  useEffect(() => {
    if (wanted === q) return;
    const timer = setTimeout(put, wanted === "" ? 0 : PAUSE_MS, wanted);
    return () => clearTimeout(timer);
  });
  return { typed, setTyped, wanted, put };
}

/** Asks for what is not answered yet, again after a pause where the server wants one, and when a room was lost. */
function useResults(asked: Asked | null) {
  const client = useClient();
  const found = useApp((state) => state.search);
  const isOffline = useApp((state) => state.connection.status === "offline");
  const [failed, setFailed] = useState<{ asked: Asked; failure: Failure; again: boolean } | null>(null);
  const [tries, setTries] = useState(0);
  const isDone = asked !== null && isAnswered(found, asked);
  const { version } = found;
  const attempt = useMemo(() => asked && { asked, round: version + tries }, [asked, version, tries]);
  useEffect(() => {
    if (!attempt || isDone || isOffline) return;
    const { asked } = attempt;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    search(client, asked, stop.signal).then(
      () => setFailed(null),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const failure = tell(error);
        const again = error instanceof ApiError && error.code === "rate_limited";
        setFailed({ asked, failure, again });
        if (again) timer = setTimeout(() => setTries((count) => count + 1), failure.retry_after_ms ?? 1_000);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client, attempt, isDone, isOffline]);
  const retry = () => {
    setFailed(null);
    setTries((count) => count + 1);
  };
  const status = (): SearchStatus => {
    if (!asked) return { kind: "idle" };
    if (isDone) return { kind: "ready" };
    if (isOffline) return { kind: "offline" };
    if (!failed || !isSame(failed.asked, asked)) return { kind: "loading" };
    return { kind: "failed", sentence: failed.failure.sentence, again: failed.again };
  };
  return { found, status: status(), retry };
}

function useMore(hasMore: boolean, asked: Asked | null) {
  const client = useClient();
  const [state, setState] = useState<{ asked: Asked | null; load: "loading" | "failed" } | null>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const load = () => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setState({ asked, load: "loading" });
    searchOn(client, signal).then(
      () => setState(null),
      () => setState(signal.aborted ? null : { asked, load: "failed" }),
    );
  };
  const mine = state && isSame(state.asked, asked) ? state.load : null;
  return { more: hasMore ? (mine ?? ("some" as const)) : ("none" as const), load };
}

/** Those who may have written what I can find: of the room, or everybody whom this page knows. */
function peopleOf({ rooms, threads }: Known, room: RoomState | null, me: Me) {
  const among = room ? [room] : Object.values(rooms.byId).filter(isMember);
  const cards = among.flatMap(({ participants = [] }) => participants);
  const partners = room ? [] : Object.values(threads.byId).map((thread) => partnerOf(thread, me.id));
  const names = new Map([...partners, ...cards, me].map(({ id, display_name }) => [id, display_name]));
  return [...names].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Where a found message stands, in words and as an address. */
function placeOf({ rooms, threads }: Known, found: Found, me: Me): { place: string[]; route: Route } {
  const message = found.id;
  if ("room" in found) {
    const id = found.room;
    const name = rooms.byId[id]?.name ?? words.room;
    if (found.thread_root === null || found.also_in_room)
      return { place: [name], route: { name: "room", id, message } };
    const panel = { kind: "thread" as const, id: found.thread_root };
    return { place: [name, words.thread], route: { name: "room", id, panel, message } };
  }
  const thread = threads.byId[found.thread];
  if (!thread) return { place: [words.private], route: { name: "private", id: found.thread, message } };
  const place = [words.privately(partnerOf(thread, me.id).display_name)];
  const panel = { kind: "private" as const, id: found.thread };
  return { place, route: { name: "room", id: thread.room, panel, message } };
}

/** Where there is room for both, the results stay beside the message that was opened. */
function besides(route: Route, panel: Panel): Route {
  const isRoomy = matchMedia("(min-width: 1200px)").matches;
  return isRoomy && route.name === "room" && !route.panel ? { ...route, panel } : route;
}

interface RowsOptions {
  terms: readonly Term[];
  me: Me;
  q: string;
  onOpened: () => void;
}

function useRows(found: AppState["search"], { terms, me, q, onOpened }: RowsOptions) {
  const known = useKnown();
  return found.results
    .filter(({ id, content }) => !(id in found.changed) || findTerms(terms, content) !== null)
    .map((one) => {
      const { place, route } = placeOf(known, one, me);
      const onOpen = () => {
        onOpened();
        goTo(besides(route, { kind: "search", ...(q && { q }) }));
      };
      // In one room, its name says nothing.
      const told = found.asked?.room === null ? place : place.slice(1);
      return { found: one, place: told.join(", "), href: hrefOf(route), onOpen };
    });
}

/** A private message says only which chat it is of; who that is with, the chat says. */
function useThreads() {
  const client = useClient();
  const isLoaded = useApp((state) => state.threads.isLoaded);
  useEffect(() => {
    if (!isLoaded) void loadPrivateThreads(client);
  }, [client, isLoaded]);
}

function useRecent(me: Me) {
  const [recent, setRecent] = useState(() => recentSearches(me.id));
  const note = (q: string) => {
    if (!q) return;
    noteSearch(me.id, q);
    setRecent(recentSearches(me.id));
  };
  const forget = () => {
    keepSearches(me.id, []);
    setRecent([]);
  };
  return { recent, note, forget };
}

export function SearchContainer(props: { room: RoomState; me: Me; q: string; onClose: () => void }) {
  const { room, me, q, onClose } = props;
  const client = useClient();
  const [everywhere, setEverywhere] = useState(() => client.store.getState().search.asked?.room === null);
  const [from, setFrom] = useState<number | null>(() => client.store.getState().search.asked?.from ?? null);
  const { typed, setTyped, put, wanted } = useQuery(room.id, q);
  const terms = useMemo(() => termsOf(q), [q]);
  const isShort = q !== "" && isTooShort(terms);
  const asked = useMemo<Asked | null>(
    () => (q === "" || isShort ? null : { q, room: everywhere ? null : room.id, from }),
    [q, isShort, everywhere, room.id, from],
  );
  const { found, status, retry } = useResults(asked);
  const { more, load } = useMore(found.more !== null, asked);
  const { recent, note, forget } = useRecent(me);
  useThreads();
  const rows = useRows(found, { terms, me, q, onOpened: () => note(q) });
  const people = peopleOf(useKnown(), everywhere ? null : room, me);
  return (
    <SearchPanel
      typed={typed}
      onType={setTyped}
      onSubmit={() => {
        put(wanted);
        note(wanted);
      }}
      roomName={room.name}
      everywhere={everywhere}
      onEverywhere={setEverywhere}
      people={people}
      from={from}
      onFrom={setFrom}
      status={isShort && wanted !== "" ? { kind: "short" } : status}
      terms={terms}
      results={rows}
      more={more}
      onMore={load}
      recent={recent}
      onRecent={(again) => {
        setTyped(again);
        put(again);
      }}
      onForget={forget}
      onRetry={retry}
      onClose={onClose}
    />
  );
}
