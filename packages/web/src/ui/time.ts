// Times as people read them, in the reader's own time zone.
const locale = "en-GB";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const weekdayLong = new Intl.DateTimeFormat(locale, { weekday: "long" });
const weekdayShort = new Intl.DateTimeFormat(locale, { weekday: "short" });
const shortDate = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });

const words = { today: "Today", yesterday: "Yesterday" };

/** Local midnight of that instant, so that days are the reader's and not UTC's. */
function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole local days from `date` to `now`; a day of 23 or 25 hours counts as one. */
function daysAgo(date: Date, now: Date): number {
  return Math.round((midnight(now) - midnight(date)) / 86_400_000);
}

/** "09:52" */
export function clockTime(instant: string): string {
  return clock.format(new Date(instant));
}

/** "Saturday, 14 November 2026 at 09:52", for tooltips. */
export function fullTime(instant: string): string {
  return full.format(new Date(instant));
}

/** The same for all instants of one local day. */
export function dayKey(instant: string): string {
  return String(midnight(new Date(instant)));
}

/** "Today, 14 November" · "Yesterday, 13 November" · "Monday, 9 November" · "9 November 2025" */
export function dayTitle(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const ago = daysAgo(date, now);
  if (ago === 0) return `${words.today}, ${dayMonth.format(date)}`;
  if (ago === 1) return `${words.yesterday}, ${dayMonth.format(date)}`;
  if (date.getFullYear() !== now.getFullYear()) return dayMonthYear.format(date);
  return `${weekdayLong.format(date)}, ${dayMonth.format(date)}`;
}

/** For lists: the clock today, the weekday this week, else the date. */
export function shortTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const ago = daysAgo(date, now);
  if (ago <= 0) return clock.format(date);
  if (ago < 7) return weekdayShort.format(date);
  return shortDate.format(date);
}

/** "tomorrow, 10:20" and the like, for when something is possible again. */
export function laterTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const ahead = -daysAgo(date, now);
  if (ahead <= 0) return `at ${clock.format(date)}`;
  if (ahead === 1) return `tomorrow, ${clock.format(date)}`;
  return `${dayMonth.format(date)}, ${clock.format(date)}`;
}

const MINUTE_MS = 60_000;

/** "just now" · "5 min ago" · "at 09:52" · "yesterday, 09:52" · "9 November", for what has happened. */
export function pastTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const minutes = Math.floor((now.getTime() - date.getTime()) / MINUTE_MS);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const ago = daysAgo(date, now);
  if (ago <= 0) return `at ${clock.format(date)}`;
  return ago === 1 ? `yesterday, ${clock.format(date)}` : dayMonth.format(date);
}
