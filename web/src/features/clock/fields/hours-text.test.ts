import { expect, test } from "vitest";

import { hoursIn, hoursText, midnightNote } from "./hours-text";
import { WEEKDAYS } from "./weekdays";

const CLOSED = Object.fromEntries(WEEKDAYS.map((day) => [day, ""])) as Parameters<typeof hoursIn>[0];
const ofMonday = (mon: string) => hoursIn({ ...CLOSED, mon }, "/working_hours");

test("hours are the same after formatting and parsing", () => {
  const hours = { mon: [["08:00", "12:00"], ["13:00", "24:00"]], tue: [], wed: [["22:00", "06:00"]], thu: [], fri: [], sat: [], sun: [] };

  expect(hoursIn(hoursText(hours), "")).toEqual({ hours, troubles: [] });
});

test.each(["8-12, 13:00–18:00", "08:00 - 12:00;13-18", "8:00-12:00\n13:00-18:00"])("%j is read", (text) => {
  expect(ofMonday(text).hours.mon).toEqual([["08:00", "12:00"], ["13:00", "18:00"]]);
});

test.each(["nine to five", "08:00", "08:00-12:00 13:00-18:00", "-5-8"])("%j is an error of its day", (text) => {
  expect(ofMonday(text).troubles).toEqual([{ pointer: "/working_hours/mon", detail: expect.stringContaining(text) as string }]);
});

test.each([
  ["22:00-06:00", "22:00-06:00 ends at 06:00 on Monday."],
  ["18:00-24:00", null],
  ["08:00-18:00", null],
  ["", null],
])("hours %j on a Sunday: %s", (text, note) => {
  expect(midnightNote(text, "sun")).toBe(note);
});
