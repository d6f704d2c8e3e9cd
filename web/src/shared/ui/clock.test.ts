import { renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

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
