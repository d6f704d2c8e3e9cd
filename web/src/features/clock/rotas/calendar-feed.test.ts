import { readFileSync } from "node:fs";
import { join } from "node:path";

import ICAL from "ical.js";
import { expect, test } from "vitest";

const VECTORS = join(import.meta.dirname, "../../../../../tests/vectors/calendar");
const read = (name: string) => readFileSync(join(VECTORS, name), "utf8");

const instant = (time: ICAL.Time) => time.toJSDate().toISOString();

/** The API's own tests hold that the feed is what it writes, and that the list is what the feed should hold. */
test("ical.js reads a shift feed as the instants of its shifts, over both clock changes", () => {
  const feed = new ICAL.Component(ICAL.parse(read("shifts.ics")) as unknown[]);

  const events = feed.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));

  const found = events.map(({ startDate, endDate, summary }) => ({ begins_at: instant(startDate), ends_at: instant(endDate), summary }));
  expect(found).toEqual(JSON.parse(read("shifts.json")));
  expect(events.some((event) => event.isRecurring())).toBe(false);
});
