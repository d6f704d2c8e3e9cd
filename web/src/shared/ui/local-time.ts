/**
 * Times on the clocks of a zone, as the API writes them: `2026-11-27T17:55+01:00`. They are shown as they are, since the
 * browser's own zone data may be older than the API's.
 */
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const LONG_DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const DATE = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const DATE_LENGTH = "2026-11-27".length;

/** Returns the name of the reader's time zone, as this computer has it. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Returns the date on the reader's own clock, as `2026-11-27`: in UTC it may be the day before or after. */
export const dateHere = (at: Date): string => new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())).toISOString().slice(0, DATE_LENGTH);

/** Returns the local date of a local time, as `2026-11-27`. */
export const dateOf = (local: string): string => local.slice(0, DATE_LENGTH);

/** Returns the time of day of a local time, as `17:55`. */
export const timeOf = (local: string): string => local.slice(DATE_LENGTH + 1, DATE_LENGTH + 6);

/** Returns ` (Europe/Brussels)` for a local time of that zone where the reader's own clock shows another time, else nothing. */
export function zoneNote(local: string, zone: string): string {
  const here = new Date(local);
  const isSame = dateHere(here) === dateOf(local) && here.getHours() * 60 + here.getMinutes() === minutesOf(local);
  return isSame ? "" : ` (${zone})`;
}

const minutesOf = (local: string): number => Number(timeOf(local).slice(0, 2)) * 60 + Number(timeOf(local).slice(3));

/** Formats a local date or time as `Fri 27 Nov`. */
export const dayText = (local: string): string => format(DAY, local);

/** Formats a local date or time as `Friday 27 November`. */
export const longDayText = (local: string): string => format(LONG_DAY, local);

/** Formats a local date or time as `Fri 27 Nov 2026`. */
export const dateText = (local: string): string => format(DATE, local);

function format(as: Intl.DateTimeFormat, local: string): string {
  const day = new Date(`${dateOf(local)}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? local : as.format(day).replaceAll(",", "");
}
