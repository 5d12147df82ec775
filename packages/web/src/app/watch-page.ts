// The page's own events: the network comes and goes, the tab sleeps and wakes.
import { expireTyping } from "../features/live/live.state.ts";
import { loadRooms } from "./actions/rooms.ts";
import { createAway } from "./away.ts";
import { type Core, update } from "./core.ts";

/** Hidden for longer than this, the socket's word is doubted. */
const LONG_HIDDEN_MS = 60_000;
/** Rooms that I am not in send no events: their list is fetched again when somebody looks, at most this often. */
const STALE_MS = 60_000;
const TICK_MS = 500;

export function watchPage(core: Core): void {
  const { connection, clock, store } = core;
  let hiddenAt: number | null = null;
  let listedAt = clock.now();

  const refreshList = () => {
    const { phase, rooms } = store.getState();
    if (phase !== "in" || !rooms.isLoaded || document.hidden || clock.now() - listedAt < STALE_MS) return;
    listedAt = clock.now();
    void loadRooms(core);
  };
  const tick = () => {
    update(core, (state) => {
      const live = expireTyping(state.live, clock.now());
      return live === state.live ? state : { ...state, live };
    });
    refreshList();
    clock.after(TICK_MS, tick);
  };
  clock.after(TICK_MS, tick);

  const away = createAway(clock, (state) => connection.send({ type: "presence", state }));
  if (document.hidden) away.hidden();
  store.subscribe((state, before) => {
    if (state.connection.status === "online" && before.connection.status !== "online") away.connected();
  });

  window.addEventListener("online", () => connection.doubt());
  window.addEventListener("offline", () => connection.networkLost());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hiddenAt = clock.now();
      away.hidden();
    } else {
      away.shown();
      if (hiddenAt !== null && clock.now() - hiddenAt >= LONG_HIDDEN_MS) connection.doubt();
      else connection.retryNow();
      hiddenAt = null;
    }
  });
}
