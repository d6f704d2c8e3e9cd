import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { forgetNotificationSettings, notificationSettingsOf, PUSH_PUBLIC_KEY } from "@fake/notification-settings";
import { people } from "@fake/people";
import { readKnownDevice } from "@/features/notifications/push/known-device";
import { browserName } from "@/features/notifications/push/push-support";
import { endOthersSubscription } from "@/features/notifications/push/subscription";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

setUpFakeApi();
const as = people.sam;
const asked = vi.fn<() => Promise<NotificationPermission>>();
const ended = vi.fn<() => Promise<boolean>>();

/** A browser's push manager, with at most one subscription. */
function installPush(): void {
  let current: object | null = null;
  const subscribe = vi.fn((options: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
    current = {
      options: { applicationServerKey: options.applicationServerKey.buffer },
      toJSON: () => ({ endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" }, expirationTime: null }),
      unsubscribe: () => {
        current = null;
        return ended();
      },
    };
    return Promise.resolve(current);
  });
  const registration = { pushManager: { subscribe, getSubscription: () => Promise.resolve(current) } };
  const register = () => Promise.resolve(registration);
  vi.stubGlobal("PushManager", vi.fn());
  vi.stubGlobal("Notification", { requestPermission: asked });
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: { register, ready: Promise.resolve(registration), getRegistration: register, addEventListener: vi.fn(), removeEventListener: vi.fn() },
  });
}

beforeEach(() => {
  forgetNotificationSettings();
  localStorage.clear();
  asked.mockReset().mockResolvedValue("granted");
  ended.mockReset().mockResolvedValue(true);
  installPush();
});
afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

async function subscribeHere() {
  const view = renderWithProviders(<NotificationSettings />, { as });
  await view.user.click(await screen.findByRole("button", { name: "Get push messages here" }));
  return view;
}

test("permission is asked for only after a person chose push messages", async () => {
  renderWithProviders(<NotificationSettings />, { as });
  await screen.findByRole("button", { name: "Get push messages here" });

  expect(asked).not.toHaveBeenCalled();
});

test("this browser becomes a device, under its name", async () => {
  await subscribeHere();

  expect(await screen.findByText(/This browser/)).toBeInTheDocument();
  expect(notificationSettingsOf(as).devices.map(({ name }) => name)).toEqual([browserName()]);
  expect(screen.queryByRole("button", { name: "Get push messages here" })).toBeNull();
  expect(readKnownDevice()?.person).toBe(as.id);
});

test("a refused permission is explained and adds no device", async () => {
  asked.mockResolvedValue("denied");
  await subscribeHere();

  expect(await screen.findByRole("alert")).toHaveTextContent("does not allow notifications");
  expect(notificationSettingsOf(as).devices).toEqual([]);
});

test("removing this browser ends its subscription", async () => {
  const { user } = await subscribeHere();

  await user.click(await screen.findByRole("button", { name: `Remove ${browserName()}` }));

  await expect.poll(() => ended.mock.calls.length).toBe(1);
  expect(readKnownDevice()).toBeNull();
  expect(await screen.findByRole("button", { name: "Get push messages here" })).toBeInTheDocument();
});

test("the subscription of somebody else who used this browser is ended", async () => {
  await subscribeHere();
  await screen.findByText(/This browser/);

  await endOthersSubscription(as.id);
  expect(ended).not.toHaveBeenCalled();
  await endOthersSubscription(people.alex.id);

  expect(ended).toHaveBeenCalledOnce();
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari on iPhone"],
  ["something else", "Browser"],
])("names a browser by its agent: %s", (agent, name) => {
  expect(browserName(agent)).toBe(name);
});

test("the fake's public key has the size of a point", () => {
  expect(atob(PUSH_PUBLIC_KEY.replaceAll("-", "+").replaceAll("_", "/"))).toHaveLength(65);
});
