// From samples to steps, from steps to bars.
import { describe, expect, it } from "vitest";
import { formatOf, loudness } from "./microphone.ts";
import { barsOf, lengthText, waveformOf } from "./waveform.ts";

describe("A waveform", () => {
  it("has the steps that the contract allows, however long the recording is", () => {
    for (const length of [0, 1, 7, 200, 201, 6_000]) {
      const samples = Array.from({ length }, (_, index) => Math.abs(Math.sin(index)) * 3 - 1);
      const waveform = waveformOf(samples);
      expect(waveform).toHaveLength(Math.min(length, 200));
      expect(waveform.every((step) => Number.isInteger(step) && step >= 0 && step <= 100)).toBe(true);
    }
  });

  it("fills the height for a quiet voice, and stays low for a quiet room", () => {
    expect(Math.max(...waveformOf([0.05, 0.1, 0.02]))).toBe(100);
    expect(Math.max(...waveformOf([0.01, 0.02, 0.01]))).toBeLessThan(4);
  });

  it("becomes as many bars as are drawn, whatever its length", () => {
    expect(barsOf([0, 100], 4)).toEqual([4, 4, 100, 100]);
    expect(barsOf([10, 90, 20, 30], 2)).toEqual([90, 30]);
    expect(barsOf(null, 3)).toEqual([4, 4, 4]);
    expect(barsOf([], 3)).toEqual([4, 4, 4]);
  });

  it("takes twice the amplitude as one step of loudness", () => {
    expect(loudness(0)).toBe(0);
    expect(loudness(1)).toBe(1);
    expect(loudness(0.1)).toBeCloseTo(0.6);
    expect(loudness(0.000_01)).toBe(0);
  });
});

it("Opus is recorded where it can be, AAC in Safari, and what the browser likes where it tells nothing", () => {
  const one = (...known: string[]) => formatOf((type) => known.includes(type))?.mimeType;
  expect(one("audio/ogg;codecs=opus", "audio/mp4")).toBe("audio/ogg;codecs=opus");
  expect(one("audio/mp4;codecs=mp4a.40.2", "audio/mp4")).toBe("audio/mp4;codecs=mp4a.40.2");
  expect(one()).toBeUndefined();
});

it("a length is said in minutes and seconds", () => {
  expect([0, 999, 24_000, 59_999, 61_000, 600_000].map(lengthText)).toEqual([
    "0:00",
    "0:00",
    "0:24",
    "0:59",
    "1:01",
    "10:00",
  ]);
});
