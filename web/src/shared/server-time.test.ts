import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { forgetServerTime, learnServerTime, onServerTime, serverNow } from "./server-time";

const NOW = Date.parse("2026-12-01T12:00:00.400Z");
const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The answer of a server whose clock is ahead of this computer's, made just now. */
const answer = (aheadMs: number, headers: Record<string, string> = {}) =>
  new Response(null, { headers: { Date: new Date(Date.now() + aheadMs).toUTCString(), ...headers } });

const aheadMs = () => serverNow() - Date.now();

test.each([-3 * HOUR_MS, -60_000, 60_000, 26 * HOUR_MS])("a clock that is off by %i ms is corrected to the second", (off) => {
  learnServerTime(answer(off), 80);

  expect(Math.abs(aheadMs() - off)).toBeLessThanOrEqual(1_080);
});

test("a clock that is right is left alone, though answers name whole seconds", () => {
  learnServerTime(answer(0), 20);

  expect(aheadMs()).toBe(0);
});

test.each([-4_000, 4_000])("a clock that is off by %i ms is near enough", (off) => {
  learnServerTime(answer(off), 20);

  expect(aheadMs()).toBe(0);
});

test("the time that an answer took does not count as an error of the clock", () => {
  vi.setSystemTime(NOW + 30_000);

  learnServerTime(answer(-30_000), 30_000); // Made at once, and then long on the way.

  expect(aheadMs()).toBe(0);
});

test("what a quick answer said is not given up for a slow one that fits it", () => {
  learnServerTime(answer(20_000), 50);
  const learned = aheadMs();

  learnServerTime(answer(0), 30_000);

  expect(aheadMs()).toBe(learned);
});

test("a clock that is put right is believed with the next answer", () => {
  learnServerTime(answer(HOUR_MS), 50);

  vi.setSystemTime(NOW + HOUR_MS);
  learnServerTime(answer(0), 50);

  expect(aheadMs()).toBe(0);
});

test.each([{ Date: "soon" }, { Age: "3600" }])("an answer with %o says nothing of the time", (headers) => {
  learnServerTime(answer(-HOUR_MS, headers), 50);

  expect(aheadMs()).toBe(0);
});

test("who shows the time hears that it is another, once", () => {
  const heard = vi.fn();
  const stop = onServerTime(heard);

  learnServerTime(answer(HOUR_MS), 50);
  learnServerTime(answer(HOUR_MS), 50);
  stop();
  forgetServerTime();

  expect(heard).toHaveBeenCalledOnce();
});
