import { afterEach, expect, test, vi } from "vitest";

import { formatDate } from "./date-format";

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const noon = new Date("2026-11-23T12:00:00Z");
const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test("a formatter is made once for all rows of a page", () => {
  const made = vi.fn();
  class Counted extends Intl.DateTimeFormat {
    constructor(...how: ConstructorParameters<typeof Intl.DateTimeFormat>) {
      super(...how);
      made();
    }
  }
  vi.stubGlobal("Intl", { DateTimeFormat: Counted });

  for (let minute = 0; minute < 50; minute += 1) formatDate(new Date(noon.getTime() + minute * 60_000), { ...CLOCK, second: "2-digit" });

  expect(made).toHaveBeenCalledTimes(1);
});

test("who travels with an open page sees the time of the new zone", () => {
  process.env.TZ = "Europe/Brussels";
  const before = formatDate(noon, CLOCK);

  process.env.TZ = "America/New_York";

  expect([before, formatDate(noon, CLOCK)]).toEqual(["13:00", "07:00"]);
});
