import { formatDate } from "./date-format";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Formats the time since `at`: `now`, `4 min`, `2 h 10 min`, `3 d`. A time in the future is `now`. */
export function ageOf(at: string, nowMs: number): string {
  const past = nowMs - Date.parse(at);
  if (Number.isNaN(past)) return "";
  if (past < MINUTE_MS) return "now";
  if (past < HOUR_MS) return `${Math.floor(past / MINUTE_MS)} min`;
  if (past < DAY_MS) return hoursOf(past);
  return `${Math.floor(past / DAY_MS)} d`;
}

/** Formats the time until `at`: `now`, `in 4 min`, `in 2 h 10 min`, `in 3 d`. A time that has passed is `now`. */
export function untilOf(at: string, nowMs: number): string {
  const ahead = Math.ceil((Date.parse(at) - nowMs) / MINUTE_MS) * MINUTE_MS;
  if (Number.isNaN(ahead)) return "";
  if (ahead <= 0) return "now";
  return `in ${ageOf(new Date(nowMs - ahead).toISOString(), nowMs)}`;
}

function hoursOf(past: number): string {
  const hours = Math.floor(past / HOUR_MS);
  const minutes = Math.floor((past % HOUR_MS) / MINUTE_MS);
  return hours >= 6 || minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** A weekday alone names one day for so long: after that it may be read as that of this week, or as today. */
const WEEKDAY_MS = 6 * DAY_MS;
const WEEKDAY = { weekday: "short" } as const;
const DATE = { ...WEEKDAY, day: "numeric", month: "short" } as const;

/** Formats the time of day in the reader's language and time zone, with the weekday when it is not today, and the date when that is not this week's. */
export function timeOfDay(at: string, nowMs: number): string {
  const then = new Date(at);
  const isToday = then.toDateString() === new Date(nowMs).toDateString();
  const day = isToday ? {} : Math.abs(then.getTime() - nowMs) < WEEKDAY_MS ? WEEKDAY : DATE;
  return formatDate(then, { hour: "2-digit", minute: "2-digit", ...day });
}

/** Formats the exact time in the reader's language and time zone, which it names. */
export function exactTime(at: string): string {
  return formatDate(new Date(at), { dateStyle: "full", timeStyle: "long" });
}
