import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { listenForWakeUp } from "./wake-up";

let stop: () => void;
const onWake = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onWake.mockClear();
  stop = listenForWakeUp(onWake);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test.each([
  ["online", window],
  ["focus", window],
  ["visibilitychange", document],
])("%s wakes the page", (name, target) => {
  target.dispatchEvent(new Event(name));

  expect(onWake).toHaveBeenCalledOnce();
});

test("a jump of the clock wakes the page, and time that passes as usual does not", () => {
  vi.advanceTimersByTime(60_000);
  expect(onWake).not.toHaveBeenCalled();

  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);

  expect(onWake).toHaveBeenCalledOnce();
});
