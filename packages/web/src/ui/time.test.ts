import { describe, expect, test } from "vitest";
import { dayKey, dayTitle, laterTime, shortTime } from "./time.ts";

/** An instant on that local day, whatever the time zone of the machine. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const now = new Date(2026, 10, 14, 10, 30);

describe("times as people read them", () => {
  test("days are today, yesterday, a weekday, and with the year when it is another one", () => {
    expect(dayTitle(at(14, 0, 1), now)).toBe("Today, 14 November");
    expect(dayTitle(at(13, 23, 59), now)).toBe("Yesterday, 13 November");
    expect(dayTitle(at(9, 12), now)).toBe("Monday, 9 November");
    expect(dayTitle(new Date(2025, 10, 9).toISOString(), now)).toBe("9 November 2025");
  });

  test("instants of one local day share a key", () => {
    expect(dayKey(at(14, 0))).toBe(dayKey(at(14, 23, 59)));
    expect(dayKey(at(14, 0))).not.toBe(dayKey(at(13, 23, 59)));
  });

  test("lists show the clock today, the weekday this week, and the date before that", () => {
    expect(shortTime(at(14, 9, 5), now)).toBe("09:05");
    expect(shortTime(at(11, 9), now)).toBe("Wed");
    expect(shortTime(at(1, 9), now)).toBe("1 Nov");
  });

  test("what is possible again later says when", () => {
    expect(laterTime(at(14, 12, 5), now)).toBe("at 12:05");
    expect(laterTime(at(15, 10, 20), now)).toBe("tomorrow, 10:20");
  });
});
