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

function hoursOf(past: number): string {
  const hours = Math.floor(past / HOUR_MS);
  const minutes = Math.floor((past % HOUR_MS) / MINUTE_MS);
  return hours >= 6 || minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** Formats the exact time in the reader's language and time zone. */
export function exactTime(at: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" }).format(new Date(at));
}
