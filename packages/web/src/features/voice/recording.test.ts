// What becomes of a recording: what counts, what is kept, and what is said when there is no microphone.
import { describe, expect, it, vi } from "vitest";
import { NetworkError } from "../../kit/failures.ts";
import { createFakeClock } from "../../kit/fake-clock.ts";
import { MicrophoneError, type Recorder } from "./microphone-port.ts";
import { createRecording, type RecordingOptions, type RecordingState } from "./recording.ts";

interface Fake {
  blob?: Blob;
  level?: number;
  open?: () => Promise<Recorder>;
  deliver?: RecordingOptions["deliver"];
  limit_ms?: number;
}

function setUp(fake: Fake = {}) {
  const clock = createFakeClock();
  const calls: string[] = [];
  let end = () => {};
  const recorder: Recorder = {
    level: () => fake.level ?? 0.5,
    pause: () => void calls.push("pause"),
    resume: () => void calls.push("resume"),
    finish: async () => (calls.push("finish"), fake.blob ?? new Blob(["sound"])),
    abandon: () => void calls.push("abandon"),
  };
  const deliver = vi.fn<RecordingOptions["deliver"]>(fake.deliver ?? (async () => {}));
  const recording = createRecording({
    clock,
    open: async (onEnded) => {
      end = onEnded;
      return fake.open ? fake.open() : recorder;
    },
    deliver,
    ...(fake.limit_ms && { limit_ms: fake.limit_ms }),
  });
  const begun = async () => {
    await recording.begin();
    return recording;
  };
  return { clock, calls, recording, begun, deliver, unplug: () => end() };
}

const stateIn = <P extends RecordingState["phase"]>(state: RecordingState, phase: P) => {
  expect(state.phase).toBe(phase);
  return state as Extract<RecordingState, { phase: P }>;
};

describe("A recording", () => {
  it("counts the time it records, and not the time it pauses", async () => {
    const { clock, begun, calls } = setUp();
    const recording = await begun();
    clock.advance(4_000);
    recording.pause();
    clock.advance(60_000);
    expect(stateIn(recording.get(), "paused").elapsed_ms).toBe(4_000);
    recording.resume();
    clock.advance(1_250);
    await recording.stop();
    expect(stateIn(recording.get(), "review").take.duration_ms).toBe(5_250);
    expect(calls).toEqual(["pause", "resume", "finish"]);
  });

  it("says when the last ten seconds have begun, ends by itself at the limit, and is there to be listened to", async () => {
    const { clock, begun } = setUp({ limit_ms: 30_000 });
    const recording = await begun();
    clock.advance(19_900);
    expect(stateIn(recording.get(), "recording").isEnding).toBe(false);
    clock.advance(100);
    expect(stateIn(recording.get(), "recording").isEnding).toBe(true);
    clock.advance(15_000);
    await vi.waitFor(() => stateIn(recording.get(), "review"));
    expect(recording.get()).toMatchObject({ endedBy: "limit", take: { duration_ms: 30_000 } });
  });

  it("lasts ten minutes at most, as the server has it", async () => {
    const { clock, begun } = setUp();
    const recording = await begun();
    clock.advance(11 * 60_000);
    await vi.waitFor(() => stateIn(recording.get(), "review"));
    const { take } = stateIn(recording.get(), "review");
    expect(take.duration_ms).toBe(600_000);
    expect(take.waveform).toHaveLength(200);
  });

  it("is not longer for a machine that slept or a clock that was set", async () => {
    const { clock, begun } = setUp();
    const recording = await begun();
    clock.advance(1_000);
    const sleep = vi.spyOn(clock, "now").mockReturnValue(clock.now() + 3_600_000);
    clock.advance(100);
    sleep.mockRestore();
    expect(stateIn(recording.get(), "recording").elapsed_ms).toBeLessThanOrEqual(6_000);
  });

  it("shows how loud it is, and notices that nothing is heard", async () => {
    const loud = setUp({ level: 0.5 });
    const silent = setUp({ level: 0.01 });
    await Promise.all([loud.begun(), silent.begun()]);
    loud.clock.advance(10_000);
    silent.clock.advance(10_000);
    const heard = stateIn(loud.recording.get(), "recording");
    expect([heard.isSilent, heard.levels.length, heard.levels.at(-1)]).toEqual([false, 56, 0.5]);
    expect(stateIn(silent.recording.get(), "recording").isSilent).toBe(true);
  });

  it("keeps what was recorded when the microphone is unplugged, and when its place is left", async () => {
    const unplugged = setUp();
    await unplugged.begun();
    unplugged.clock.advance(2_000);
    unplugged.unplug();
    await vi.waitFor(() => stateIn(unplugged.recording.get(), "review"));
    expect(unplugged.recording.get()).toMatchObject({ endedBy: "microphone", take: { duration_ms: 2_000 } });
    const left = setUp();
    const recording = await left.begun();
    recording.pause("hidden");
    await recording.stop("leaving");
    expect(recording.get()).toMatchObject({ phase: "review", endedBy: "leaving" });
  });

  it("lets go of the microphone when it is cancelled, also while the browser was still asking", async () => {
    const { begun, calls } = setUp();
    (await begun()).cancel();
    expect(calls).toEqual(["abandon"]);
    const early = setUp();
    const asking = early.recording.begin();
    early.recording.cancel();
    await asking;
    expect(early.calls).toEqual(["abandon"]);
    expect(early.recording.get().phase).toBe("cancelled");
  });

  it("says why there is no microphone, or that nothing came of it", async () => {
    const blocked = setUp({ open: () => Promise.reject(new MicrophoneError("blocked")) });
    await blocked.recording.begin();
    expect(blocked.recording.get()).toEqual({ phase: "refused", trouble: "blocked" });
    const empty = setUp({ blob: new Blob([]) });
    await (await empty.begun()).stop();
    expect(empty.recording.get()).toEqual({ phase: "refused", trouble: "empty" });
  });

  it("survives that it could not be sent: it says why, and the same recording is sent again", async () => {
    let isDown = true;
    const { begun, deliver, clock } = setUp({
      deliver: () => (isDown ? Promise.reject(new NetworkError(false)) : Promise.resolve()),
    });
    const recording = await begun();
    clock.advance(3_000);
    await recording.send();
    const { take, problem } = stateIn(recording.get(), "review");
    expect(problem).toMatch(/server/i);
    isDown = false;
    await recording.send();
    expect(recording.get().phase).toBe("sent");
    expect(deliver.mock.calls.map(([sent]) => sent)).toEqual([take, take]);
  });

  it("can be held back while it is on its way, and is there still", async () => {
    const { begun, deliver } = setUp({
      deliver: (_take, { signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    });
    const recording = await begun();
    await recording.stop();
    const sending = recording.send();
    await vi.waitFor(() => stateIn(recording.get(), "sending"));
    recording.holdBack();
    await sending;
    expect(stateIn(recording.get(), "review").problem).toBeNull();
    expect(deliver).toHaveBeenCalledTimes(1);
  });

  it("is not cancelled once it is on its way, and not sent twice", async () => {
    let arrive = () => {};
    const { begun, deliver } = setUp({ deliver: () => new Promise((done) => (arrive = done)) });
    const recording = await begun();
    await recording.stop();
    const sending = recording.send();
    await Promise.resolve();
    recording.cancel();
    await recording.send();
    arrive();
    await sending;
    expect(recording.get().phase).toBe("sent");
    expect(deliver).toHaveBeenCalledTimes(1);
  });
});
