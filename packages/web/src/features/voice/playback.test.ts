// The one loudspeaker: one at a time, from where it was left, as fast as was chosen, and on to the next.
import { describe, expect, it } from "vitest";
import { createPlayback, type Track } from "./playback.ts";

class FakeAudio extends EventTarget {
  src = "";
  currentTime = 0;
  duration = Number.POSITIVE_INFINITY;
  playbackRate = 1;
  paused = true;
  fails = false;
  async play() {
    this.paused = false;
    if (this.fails) throw new DOMException("", "NotSupportedError");
  }
  pause() {
    this.paused = true;
  }
  load() {}
  tell(...events: string[]) {
    for (const event of events) this.dispatchEvent(new Event(event));
  }
  /** As a browser does when a source has been loaded. */
  runs(from = 0) {
    this.currentTime = from;
    this.playbackRate = 1;
    this.tell("loadedmetadata", "playing", "timeupdate");
  }
  at(seconds: number) {
    this.currentTime = seconds;
    this.tell("timeupdate");
  }
}

const track = (id: string, duration_ms: number | null = 24_000): Track => ({ id, src: `/files/${id}`, duration_ms });
const [a, b] = [track("a"), track("b", 60_000)];

function setUp(order: Track[] = []) {
  const audio = new FakeAudio();
  let made = 0;
  const playback = createPlayback({
    createAudio: () => {
      made += 1;
      return audio;
    },
    nextOf: (id) => order[order.findIndex((one) => one.id === id) + 1] ?? null,
  });
  return { audio, playback, made: () => made };
}

describe("Playback", () => {
  it("loads nothing until something is played, and knows the length before", () => {
    const { playback, made, audio } = setUp();
    expect(playback.stateOf(a)).toEqual({ status: "idle", at_ms: 0, duration_ms: 24_000 });
    expect(made()).toBe(0);
    playback.toggle(a);
    expect([made(), audio.src, playback.stateOf(a).status]).toEqual([1, "/files/a", "loading"]);
  });

  it("plays one at a time; the other waits where it was, and goes on from there", () => {
    const { playback, audio } = setUp();
    playback.toggle(a);
    audio.runs();
    audio.at(7);
    playback.toggle(b);
    audio.runs();
    expect([playback.stateOf(a).status, playback.stateOf(b).status]).toEqual(["paused", "playing"]);
    expect(playback.stateOf(a).at_ms).toBe(7_000);
    playback.toggle(a);
    audio.runs();
    expect(audio.src).toBe("/files/a");
    expect(audio.currentTime).toBe(7);
    expect(playback.stateOf(b).status).toBe("paused");
  });

  it("pauses and goes on without loading anew", () => {
    const { playback, audio } = setUp();
    playback.toggle(a);
    audio.runs();
    audio.at(3);
    playback.toggle(a);
    expect([audio.paused, playback.stateOf(a)]).toEqual([
      true,
      { status: "paused", at_ms: 3_000, duration_ms: 24_000 },
    ]);
    audio.src = "kept";
    playback.toggle(a);
    expect([audio.paused, audio.src]).toEqual([false, "kept"]);
  });

  it("begins where one has gone to before playing, and never beyond its length", () => {
    const { playback, audio } = setUp();
    playback.seek(a, 10_000);
    expect(playback.stateOf(a)).toMatchObject({ status: "paused", at_ms: 10_000 });
    playback.toggle(a);
    audio.runs();
    expect(audio.currentTime).toBe(10);
    playback.seek(a, 99_000);
    expect([audio.currentTime, playback.stateOf(a).at_ms]).toEqual([24, 24_000]);
    playback.seek(a, -5);
    expect(audio.currentTime).toBe(0);
  });

  it("keeps the speed for whatever plays next", () => {
    const { playback, audio } = setUp();
    playback.toggle(a);
    audio.runs();
    playback.faster();
    expect([playback.speed(), audio.playbackRate]).toEqual([1.5, 1.5]);
    playback.toggle(b);
    audio.runs();
    expect(audio.playbackRate).toBe(1.5);
    playback.faster();
    playback.faster();
    expect(playback.speed()).toBe(1);
  });

  it("plays on with the next, and is back at the beginning after the last", () => {
    const { playback, audio } = setUp([a, b]);
    playback.toggle(a);
    audio.runs();
    audio.tell("ended");
    expect([audio.src, playback.stateOf(a), playback.stateOf(b).status]).toEqual([
      "/files/b",
      { status: "idle", at_ms: 0, duration_ms: 24_000 },
      "loading",
    ]);
    audio.runs();
    audio.at(60);
    audio.tell("ended");
    expect([playback.stateOf(b).status, playback.stateOf(b).at_ms]).toEqual(["idle", 0]);
  });

  it("says that it could not be loaded, and loads anew when asked again", async () => {
    const { playback, audio } = setUp();
    playback.toggle(a);
    audio.tell("error");
    expect(playback.stateOf(a).status).toBe("failed");
    audio.src = "";
    playback.toggle(a);
    expect([audio.src, playback.stateOf(a).status]).toEqual(["/files/a", "loading"]);
    audio.fails = true;
    playback.toggle(b);
    await expect.poll(() => playback.stateOf(b).status).toBe("failed");
  });

  it("takes the length from the sound where none was measured, if it has one", () => {
    const { playback, audio } = setUp();
    const old = track("old", null);
    playback.toggle(old);
    audio.runs();
    expect(playback.stateOf(old).duration_ms).toBeNull();
    audio.duration = 12;
    audio.tell("loadedmetadata");
    expect(playback.stateOf(old).duration_ms).toBe(12_000);
  });

  it("falls silent when what plays is taken away", () => {
    const { playback, audio } = setUp();
    playback.toggle(a);
    audio.runs();
    playback.forget("a");
    expect(audio.paused).toBe(true);
    expect(playback.stateOf(a)).toMatchObject({ status: "idle", at_ms: 0 });
  });
});
