import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { learnServerTime } from "@/shared/server-time";

import { useNow } from "./clock";

afterEach(() => {
  vi.useRealTimers();
});

test("a view that is opened after an hour without one does not begin with the old time", () => {
  vi.useFakeTimers();
  renderHook(() => useNow()).unmount();
  vi.setSystemTime(Date.now() + 3_600_000);
  const times: number[] = [];

  renderHook(() => times.push(useNow()));

  expect(times[0]).toBe(Date.now());
});

test("a view shows the API's time as soon as an answer has told it", () => {
  vi.useFakeTimers();
  const { result } = renderHook(() => useNow());
  const anHourBehind = new Response(null, { headers: { Date: new Date(Date.now() - 3_600_000).toUTCString() } });

  act(() => learnServerTime(anHourBehind, 0));

  expect(Math.abs(Date.now() - result.current - 3_600_000)).toBeLessThanOrEqual(1_000);
});
