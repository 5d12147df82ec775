// Looking for messages, page by page, and which searches were made last on this device.
import {
  type Answer,
  answered,
  type Asked,
  extended,
  type SearchState,
  startAsking,
  stopAsking,
} from "../../features/search/search.state.ts";
import { deviceShelf, isText, readList } from "../../kit/shelf.ts";
import { type Core, update } from "../core.ts";

const PAGE = 25;

/** The server takes this many characters, and none that move the paper. */
const MOST = 200;
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** What was typed, as it is looked for and as it stands in the address. */
export const queryOf = (typed: string): string =>
  Array.from(typed.replaceAll(CONTROL, " ").trim().toWellFormed()).slice(0, MOST).join("").slice(0, MOST).trim();

const change = (core: Core, how: (search: SearchState) => SearchState): void =>
  update(core, (state) => ({ ...state, search: how(state.search) }));

async function fetchPage(core: Core, asked: Asked, before: number | null, signal: AbortSignal): Promise<Answer> {
  const { version } = core.store.getState().search;
  const { results, next } = await core.api.get("/api/chat/search/", {
    query: {
      q: asked.q,
      limit: String(PAGE),
      ...(asked.room !== null && { room: String(asked.room) }),
      ...(asked.from !== null && { from: String(asked.from) }),
      ...(before !== null && { before: String(before) }),
    },
    signal,
  });
  const more = next === null ? null : Number(new URL(next, location.origin).searchParams.get("before"));
  return { results, more: more || null, version };
}

async function ask(core: Core, signal: AbortSignal, before: number | null, asked: Asked, take: typeof answered) {
  change(core, startAsking);
  try {
    const answer = await fetchPage(core, asked, before, signal);
    signal.throwIfAborted();
    change(core, (search) => take(search, asked, answer));
  } catch (error) {
    // Another search may have begun, and be out.
    if (!signal.aborted) change(core, stopAsking);
    throw error;
  }
}

/** Rejects where there is no answer, also when `signal` has stopped it. */
export const search = (core: Core, asked: Asked, signal: AbortSignal): Promise<void> =>
  ask(core, signal, null, asked, answered);

/** The next page of what was found. */
export async function searchOn(core: Core, signal: AbortSignal): Promise<void> {
  const { asked, more } = core.store.getState().search;
  if (asked && more !== null) await ask(core, signal, more, asked, extended);
}

const MOST_RECENT = 6;
const keyOf = (me: number) => `homeroom.searches.${me}`;

/** The last one first. */
export const recentSearches = (me: number): string[] => readList(deviceShelf, keyOf(me), isText);

export function keepSearches(me: number, searches: readonly string[]): void {
  if (searches.length === 0) deviceShelf.removeItem(keyOf(me));
  else deviceShelf.setItem(keyOf(me), JSON.stringify(searches));
}

export const noteSearch = (me: number, q: string): void =>
  keepSearches(me, [q, ...recentSearches(me).filter((other) => other !== q)].slice(0, MOST_RECENT));
