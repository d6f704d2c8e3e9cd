import type { FieldError } from "@/shared/api/problem";
import type { WeeklyHours } from "@/shared/api/types";

import { dayAfter, type Weekday, WEEKDAY_NAMES, WEEKDAYS } from "./weekdays";

/** The working hours of each weekday as text: `08:00-12:00, 13:00-18:00`; empty for a day that is closed. */
export type HoursText = Record<Weekday, string>;

const SPAN = /^(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?$/;
const END_OF_DAY = "24:00";

export const hoursText = (hours: WeeklyHours): HoursText =>
  byDay((day) => (hours[day] ?? []).map((span) => span.join("-")).join(", "));

/** Returns the hours that a text means, and an error for each day that cannot be read; `pointer` is where they belong. */
export function hoursIn(text: HoursText, pointer: string): { hours: WeeklyHours; troubles: FieldError[] } {
  const troubles: FieldError[] = [];
  const hours = byDay((day) => {
    const spans = spansOf(text[day]);
    const odd = spans.find(({ span }) => span === null);
    if (odd) troubles.push({ pointer: `${pointer}/${day}`, detail: `Write ${odd.text} as 08:00-12:00, with commas between.` });
    return spans.flatMap(({ span }) => (span ? [span] : []));
  });
  return { hours, troubles };
}

/** Says where hours cross midnight: `22:00-06:00 ends at 06:00 on Tuesday`. Null where none do. */
export function midnightNote(text: string, day: Weekday): string | null {
  const crossing = spansOf(text).flatMap(({ span }) => (span && isOverMidnight(span) ? [span] : []));
  const first = crossing.at(0);
  return first ? `${first.join("-")} ends at ${first[1]} on ${WEEKDAY_NAMES[dayAfter(day)]}.` : null;
}

const isOverMidnight = ([from = "", to = ""]: string[]) => to !== END_OF_DAY && to < from;

function spansOf(text: string): { text: string; span: [string, string] | null }[] {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, from, fromMin = "00", to, toMin = "00"] = SPAN.exec(part) ?? [];
    const span: [string, string] | null = from && to ? [`${from.padStart(2, "0")}:${fromMin}`, `${to.padStart(2, "0")}:${toMin}`] : null;
    return { text: part, span };
  });
}

const byDay = <Value>(of: (day: Weekday) => Value) => Object.fromEntries(WEEKDAYS.map((day) => [day, of(day)])) as Record<Weekday, Value>;
