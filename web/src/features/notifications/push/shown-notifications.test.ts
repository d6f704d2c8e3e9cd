import { afterEach, expect, test, vi } from "vitest";

import { closeShownNotifications } from "./shown-notifications";

/** A browser that shows a notification under each of these tags. */
function browserShowing(...tags: string[]) {
  const shown = tags.map((tag) => ({ tag, close: vi.fn() }));
  const registration = { getNotifications: ({ tag }: { tag: string }) => Promise.resolve(shown.filter((one) => one.tag === tag)) };
  withWorker({ getRegistration: () => Promise.resolve(registration) });
  return shown;
}

function withWorker(serviceWorker: object) {
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: serviceWorker });
  vi.stubGlobal("PushManager", vi.fn());
  vi.stubGlobal("Notification", vi.fn());
}

afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
  vi.unstubAllGlobals();
});

test("closes what is shown of the handoff, and nothing else", async () => {
  const [mine, mineToo, other] = browserShowing("handoff", "handoff", "another");

  await closeShownNotifications("handoff");

  expect(mine?.close).toHaveBeenCalledOnce();
  expect(mineToo?.close).toHaveBeenCalledOnce();
  expect(other?.close).not.toHaveBeenCalled();
});

test.each([
  { browser: "never subscribed", getRegistration: () => Promise.resolve(undefined) },
  { browser: "forbids service workers", getRegistration: () => Promise.reject(new DOMException("no", "SecurityError")) },
])("does nothing in a browser that $browser", async ({ getRegistration }) => {
  withWorker({ getRegistration });

  await expect(closeShownNotifications("handoff")).resolves.toBeUndefined();
});

test("does nothing in a browser without service workers", async () => {
  await expect(closeShownNotifications("handoff")).resolves.toBeUndefined();
});
