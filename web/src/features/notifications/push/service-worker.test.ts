import { readFileSync } from "node:fs";

import { beforeEach, expect, test, vi } from "vitest";

const source = readFileSync("public/service-worker.js", "utf8");

type Listener = (event: object) => void;

/** The worker in a scope that stands in for the browser's. */
function start(tabs: object[] = [], shown: object[] = []) {
  const listeners = new Map<string, Listener>();
  const scope = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    skipWaiting: vi.fn(),
    location: { origin: "https://pilot.example" },
    registration: {
      showNotification: vi.fn<(title: string, options: Record<string, unknown>) => Promise<void>>(() => Promise.resolve()),
      getNotifications: vi.fn<(filter: { tag: string }) => Promise<object[]>>(() => Promise.resolve(shown)),
    },
    clients: { claim: vi.fn(), matchAll: () => Promise.resolve(tabs), openWindow: vi.fn() },
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the worker is a script of its own, outside of the modules
  (new Function("self", "fetch", source) as (self: object, fetch: typeof globalThis.fetch) => void)(scope, said);
  const happen = async (type: string, event: object) => {
    let done: unknown;
    listeners.get(type)?.({ ...event, waitUntil: (work: unknown) => (done = work) });
    await done;
  };
  return { scope, happen, listeners };
}

const said = vi.fn<typeof globalThis.fetch>();
const message = { title: "Escalation from Jane", body: "Priority: High", waiting_since: null, tag: "case", path: "/pilot/1?pickup=true", silent: false, token: "t" };
const pushed = (content: object) => ({ data: { json: () => content } });
const clicked = (path?: string) => ({ notification: { close: vi.fn(), data: { path } } });

beforeEach(() => {
  said.mockReset().mockResolvedValue(new Response(null, { status: 204 }));
});

test("shows a message and says so with its token", async () => {
  const { scope, happen } = start();

  await happen("push", pushed(message));

  expect(scope.registration.showNotification).toHaveBeenCalledExactlyOnceWith(
    "Escalation from Jane",
    expect.objectContaining({ body: "Priority: High", tag: "case", silent: false, renotify: true, data: { path: message.path } }),
  );
  expect(said).toHaveBeenCalledExactlyOnceWith("/api/deliveries/shown", expect.objectContaining({ method: "POST", body: '{"token":"t"}' }));
});

test("a message that only replaces makes no sound", async () => {
  const { scope, happen } = start();

  await happen("push", pushed({ ...message, silent: true }));

  expect(scope.registration.showNotification.mock.calls[0]?.[1]).toMatchObject({ tag: "case", silent: true, renotify: false });
});

test.each([
  { tab: "in view", visibilityState: "visible", shown: [], times: 0 },
  { tab: "in view", visibilityState: "visible", shown: [{}], times: 1 },
  { tab: "hidden", visibilityState: "hidden", shown: [], times: 1 },
])("with the page $tab and $shown.length shown before, one that only replaces is shown $times times", async ({ visibilityState, shown, times }) => {
  const { scope, happen } = start([{ visibilityState }], shown);

  await happen("push", pushed({ ...message, silent: true }));

  expect(scope.registration.showNotification).toHaveBeenCalledTimes(times);
  expect(said).toHaveBeenCalledTimes(times);
  if (visibilityState === "visible") expect(scope.registration.getNotifications).toHaveBeenCalledExactlyOnceWith({ tag: "case" });
});

test("since when it waits is told in the local time", async () => {
  const { scope, happen } = start();
  const since = new Date(2026, 10, 23, 9, 1);

  await happen("push", pushed({ ...message, waiting_since: since.toISOString() }));

  const clock = since.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  expect(scope.registration.showNotification.mock.calls[0]?.[1]).toMatchObject({ body: `Priority: High · Waiting since ${clock}`, timestamp: since.getTime() });
});

test.each([{}, { data: null }, { data: { json: () => JSON.parse("no JSON") as object } }])("a message that cannot be read still shows something", async (event) => {
  const { scope, happen } = start();

  await happen("push", event);

  expect(scope.registration.showNotification).toHaveBeenCalledExactlyOnceWith("Something waits in FlowPilot", expect.anything());
  expect(said).not.toHaveBeenCalled();
});

test("a server that cannot be reached changes nothing", async () => {
  said.mockRejectedValue(new TypeError("offline"));
  const { scope, happen } = start();

  await happen("push", pushed(message));

  expect(scope.registration.showNotification).toHaveBeenCalledOnce();
});

test("a click opens the case in the tab in use", async () => {
  const [other, used] = [{ focused: false, focus: vi.fn(), postMessage: vi.fn() }, { focused: true, focus: vi.fn(), postMessage: vi.fn() }];
  const { scope, happen } = start([other, used]);
  const event = clicked("/pilot/1?pickup=true");

  await happen("notificationclick", event);

  expect(event.notification.close).toHaveBeenCalledOnce();
  expect(used.focus).toHaveBeenCalledOnce();
  expect(used.postMessage).toHaveBeenCalledExactlyOnceWith({ type: "open", path: "/pilot/1?pickup=true" });
  expect(other.focus).not.toHaveBeenCalled();
  expect(scope.clients.openWindow).not.toHaveBeenCalled();
});

test.each([
  ["/pilot/1?pickup=true", "https://pilot.example/pilot/1?pickup=true"],
  [undefined, "https://pilot.example/"],
  ["https://evil.example/x", "https://pilot.example/"],
  ["//evil.example/x", "https://pilot.example/"],
])("without a tab a click on %j opens one on this origin", async (path, address) => {
  const { scope, happen } = start();

  await happen("notificationclick", clicked(path));

  expect(scope.clients.openWindow).toHaveBeenCalledExactlyOnceWith(address);
});

test("serves no requests", () => {
  expect([...start().listeners.keys()].toSorted()).toEqual(["activate", "install", "notificationclick", "push"]);
});
