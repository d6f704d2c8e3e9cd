import type { Shift } from "@/shared/api/types";
import { dateOf, timeOf } from "@/shared/ui/local-time";

/** A month as `2026-11`; days as `2026-11-27`. All are local to the rota's zone, so they are counted without a clock. */
const DAY_MS = 86_400_000;
const WEEK = 7;

const dayFrom = (day: number) => new Date(day).toISOString().slice(0, 10);
const firstDay = (month: string) => Date.parse(`${month}-01T00:00:00Z`);

export const monthOf = (day: string): string => day.slice(0, 7);

export function monthAfter(month: string, months: number): string {
  const first = new Date(firstDay(month));
  first.setUTCMonth(first.getUTCMonth() + months);
  return monthOf(first.toISOString());
}

const NAME = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
export const monthName = (month: string): string => NAME.format(firstDay(month));

/** Returns the instants from a day before a month to a day after it. */
export function spanAround(month: string): [from: string, to: string] {
  const [from, to] = [firstDay(month) - DAY_MS, firstDay(monthAfter(month, 1)) + DAY_MS];
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

/** Returns the weeks of a month from Monday on; null for days of other months. */
export function weeksOf(month: string): (string | null)[][] {
  const [first, end] = [firstDay(month), firstDay(monthAfter(month, 1))];
  const monday = first - ((new Date(first).getUTCDay() + WEEK - 1) % WEEK) * DAY_MS;
  const weeks: (string | null)[][] = [];
  for (let week = monday; week < end; week += WEEK * DAY_MS) {
    const days = Array.from({ length: WEEK }, (_, index) => week + index * DAY_MS);
    weeks.push(days.map((day) => (day >= first && day < end ? dayFrom(day) : null)));
  }
  return weeks;
}

/** Returns the shifts that have a part in a local day. */
export const shiftsOn = (shifts: Shift[], day: string): Shift[] =>
  shifts.filter(({ local_begins_at: begin, local_ends_at: end }) => dateOf(begin) <= day && (dateOf(end) > day || (dateOf(end) === day && timeOf(end) > "00:00")));
