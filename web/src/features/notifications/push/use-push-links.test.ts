import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { usePushLinks } from "./use-push-links";

let worker = new EventTarget();
const says = (data: unknown) => worker.dispatchEvent(new MessageEvent("message", { data }));

beforeEach(() => {
  worker = new EventTarget();
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: worker });
});
afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
});

test("opens the path that the service worker sends", () => {
  const open = vi.fn();
  renderHook(() => usePushLinks(open));

  says({ type: "open", path: "/pilot/1?pickup=true" });

  expect(open).toHaveBeenCalledExactlyOnceWith("/pilot/1?pickup=true");
});

test.each([null, { type: "other", path: "/pilot/1" }, { type: "open" }, { type: "open", path: "https://evil.example/" }, { type: "open", path: "//evil.example/" }])("ignores %j", (data) => {
  const open = vi.fn();
  renderHook(() => usePushLinks(open));

  says(data);

  expect(open).not.toHaveBeenCalled();
});

test("no longer listens when the page has gone", () => {
  const open = vi.fn();
  const { unmount } = renderHook(() => usePushLinks(open));
  unmount();

  says({ type: "open", path: "/" });

  expect(open).not.toHaveBeenCalled();
});

test("does nothing in a browser without service workers", () => {
  Reflect.deleteProperty(navigator, "serviceWorker");

  expect(() => renderHook(() => usePushLinks(vi.fn()))).not.toThrow();
});
