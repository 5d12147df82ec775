// The page's one loudspeaker: what plays, how far it is, how fast. Whatever begins to play ends what played before.

export type PlayStatus = "idle" | "loading" | "playing" | "paused" | "failed";

/** A stretch of sound that can be played; `duration_ms` is what was measured when it was recorded. */
export interface Track {
  readonly id: string;
  readonly src: string;
  readonly duration_ms: number | null;
}

export interface PlayState {
  readonly status: PlayStatus;
  readonly at_ms: number;
  /** Null until it is known. */
  readonly duration_ms: number | null;
}

/** As much of an <audio> element as is used here. */
export type AudioLike = Pick<
  HTMLAudioElement,
  "src" | "currentTime" | "duration" | "playbackRate" | "paused" | "play" | "pause" | "load" | "addEventListener"
>;

export interface Playback {
  stateOf: (track: Track) => PlayState;
  subscribe: (listener: () => void) => () => void;
  toggle(track: Track): void;
  /** Goes on from there, if it plays; otherwise begins there. */
  seek(track: Track, at_ms: number): void;
  /** Stops it, and forgets where it was. */
  forget(id: string): void;
  /** Whatever plays waits. */
  hush(): void;
  speed: () => number;
  /** The next of 1, 1.5 and 2. It stays for whatever plays next. */
  faster(): void;
}

export interface PlaybackOptions {
  /** Called when something is played for the first time. */
  createAudio: () => AudioLike;
  /** What plays on after this one, if anything does. */
  nextOf: (id: string) => Track | null;
}

const SPEEDS = [1, 1.5, 2];
/** Less than that before the end is the end: from there, playing begins anew. */
const END_MS = 250;
const rest = (duration_ms: number | null): PlayState => ({ status: "idle", at_ms: 0, duration_ms });

export function createPlayback({ createAudio, nextOf }: PlaybackOptions): Playback {
  const listeners = new Set<() => void>();
  const states = new Map<string, PlayState>();
  let audio: AudioLike | null = null;
  let current: Track | null = null;
  let speed = 1;

  const tell = () => listeners.forEach((listener) => listener());
  const stateOf = ({ id, duration_ms }: Track): PlayState => {
    const known = states.get(id) ?? rest(duration_ms);
    states.set(id, known);
    return known;
  };
  const change = (track: Track, next: Partial<PlayState>) => {
    states.set(track.id, { ...stateOf(track), ...next });
    tell();
  };

  const place = () => {
    if (audio && current) audio.currentTime = stateOf(current).at_ms / 1000;
  };

  const onEnded = () => {
    const ended = current;
    if (!ended) return;
    change(ended, { status: "idle", at_ms: 0 });
    const next = nextOf(ended.id);
    if (next) play(next);
  };

  const element = (): AudioLike => {
    if (audio) return audio;
    const made = createAudio();
    audio = made;
    const on = (event: string, work: (track: Track) => void) =>
      made.addEventListener(event, () => current && work(current));
    on("loadedmetadata", (track) => {
      made.playbackRate = speed;
      if (stateOf(track).at_ms > 0) place();
      // what Chromium records knows no length of its own
      const { duration } = made;
      if (track.duration_ms === null && Number.isFinite(duration)) change(track, { duration_ms: duration * 1000 });
    });
    on("playing", (track) => change(track, { status: "playing" }));
    on("waiting", (track) => stateOf(track).status !== "paused" && change(track, { status: "loading" }));
    on("timeupdate", (track) => {
      const { status } = stateOf(track);
      if (status === "playing" || status === "paused") change(track, { at_ms: made.currentTime * 1000 });
    });
    on("pause", (track) => stateOf(track).status === "playing" && change(track, { status: "paused" }));
    on("error", (track) => change(track, { status: "failed" }));
    on("ended", onEnded);
    return made;
  };

  /** It waits where it is; another may play meanwhile. */
  const pause = () => {
    if (!audio || !current) return;
    audio.pause();
    const { status } = stateOf(current);
    if (status === "playing" || status === "loading") change(current, { status: "paused" });
  };

  const start = async (player: AudioLike, track: Track) => {
    try {
      await player.play();
    } catch (error) {
      // another one, or a pause, has come in between
      if (current !== track || (error instanceof DOMException && error.name === "AbortError")) return;
      change(track, { status: "failed" });
    }
  };

  const play = (track: Track) => {
    const player = element();
    const { status, at_ms, duration_ms } = stateOf(track);
    const isOver = duration_ms !== null && at_ms >= duration_ms - END_MS;
    const isLoaded = current?.id === track.id && current.src === track.src && status !== "failed";
    if (!isLoaded) pause();
    current = track;
    change(track, { status: "loading", ...(isOver && { at_ms: 0 }) });
    if (!isLoaded) player.src = track.src;
    else if (isOver) place();
    player.playbackRate = speed;
    void start(player, track);
  };

  const isRunning = ({ status }: PlayState) => status === "playing" || status === "loading";

  return {
    stateOf,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    toggle(track) {
      if (current?.id === track.id && isRunning(stateOf(track))) pause();
      else play(track);
    },
    seek(track, wanted_ms) {
      const { duration_ms, status } = stateOf(track);
      const at_ms = Math.max(0, Math.min(wanted_ms, duration_ms ?? wanted_ms));
      change(track, { at_ms, ...(status === "idle" && { status: "paused" }) });
      if (current?.id === track.id && status !== "failed") place();
    },
    forget(id) {
      if (current?.id === id) {
        pause();
        current = null;
      }
      if (states.delete(id)) tell();
    },
    hush: pause,
    speed: () => speed,
    faster() {
      speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
      if (audio) audio.playbackRate = speed;
      tell();
    },
  };
}
