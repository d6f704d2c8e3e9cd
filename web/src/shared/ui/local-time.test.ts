import { afterEach, beforeEach, expect, test } from "vitest";

import { zoneNote } from "./local-time";

const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = "Europe/Paris";
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test("a local time of another zone names the zone where its clocks differ from the reader's, and only there", () => {
  const notes = [
    zoneNote("2026-11-27T17:55+01:00", "Europe/Brussels"),
    zoneNote("2026-11-27T17:55+00:00", "Europe/London"),
    zoneNote("2026-11-27T23:25+05:30", "Asia/Kolkata"),
  ];

  expect(notes).toEqual(["", " (Europe/London)", " (Asia/Kolkata)"]);
});
