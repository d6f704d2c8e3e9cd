import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { addDevice, forgetNotificationSettings, notificationSettingsOf } from "@fake/notification-settings";
import { people } from "@fake/people";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
beforeEach(forgetNotificationSettings);
const as = people.sam;
const messages = async () => within(await screen.findByRole("list", { name: "Test messages" }));

test("sends a test message by each channel, and has what arrived count", async () => {
  addDevice(as, { name: "Phone", endpoint: "phone" });
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  expect(await screen.findByText(/Nothing has reached you so far/)).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Page me now" }));
  await user.click((await messages()).getByRole("button", { name: "It arrived: Phone" }));

  expect(await (await messages()).findByText("Counts for 30 days")).toBeVisible();
  expect(await screen.findByText(/Something last reached you/)).toBeVisible();
  expect(notificationSettingsOf(as).email_reached_at).toBeNull();
  expect((await messages()).getByRole("button", { name: "It arrived: E-mail" })).toBeEnabled();
});

test("says of each message what is known of it, as it becomes known", async () => {
  const channel = { channel: "email", kind: "email" as const, device_name: null };
  const unknown = { detail: null, accepted_at: null, shown_at: null, arrived_at: null };
  const states = [
    { ...channel, ...unknown, state: "pending" as const },
    { ...channel, ...unknown, state: "failed" as const, detail: "The mail service refused the message (MessageRejected)." },
  ];
  let reads = 0;
  fake.server.use(http.get("*/me/page/:page", () => HttpResponse.json({ id: "t", messages: [states[Math.min(reads++, 1)]] })));
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: "Page me now" }));

  expect(await (await messages()).findByText("On its way")).toBeVisible();
  expect(await (await messages()).findByText(/^Not sent: The mail service refused/, {}, { timeout: 5_000 })).toBeVisible();
  expect(reads).toBe(2);
});

test("says when the mail service took the message, and when its person said that it arrived", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  await user.click(await screen.findByRole("button", { name: "Page me now" }));
  expect(await (await messages()).findByText(/^The mail service took it at/)).toBeVisible();

  await user.click((await messages()).getByRole("button", { name: "It arrived: E-mail" }));

  expect(await (await messages()).findByText(/^You said at .* that it arrived$/)).toBeVisible();
});

test("is pressed and confirmed by keyboard", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  (await screen.findByRole("button", { name: "Page me now" })).focus();

  await user.keyboard("{Enter}");
  (await screen.findByRole("button", { name: "It arrived: E-mail" })).focus();
  await user.keyboard("{Enter}");

  await expect.poll(() => notificationSettingsOf(as).email_reached_at).not.toBeNull();
});

test("says when no more test messages are sent for now", async () => {
  const detail = "You have asked for 3 test messages this hour, the most allowed.";
  const problem = { type: "about:blank", title: "Try again later", status: 429, code: "too_many_requests", detail };
  fake.server.use(
    http.post("*/me/page", () => HttpResponse.json(problem, { status: 429, headers: { "Content-Type": "application/problem+json" } })),
  );
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: "Page me now" }));

  expect(await screen.findByText(new RegExp(detail))).toBeVisible();
});

test("says why a message cannot have arrived", async () => {
  const problem = { type: "about:blank", title: "Not possible now", status: 409, code: "invalid_state", detail: "It has not been sent yet." };
  fake.server.use(
    http.post("*/me/page/arrived", () =>
      HttpResponse.json(problem, { status: 409, headers: { "Content-Type": "application/problem+json" } }),
    ),
  );
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  await user.click(await screen.findByRole("button", { name: "Page me now" }));

  await user.click(await screen.findByRole("button", { name: "It arrived: E-mail" }));

  expect(await screen.findByText(/It has not been sent yet/)).toBeVisible();
  expect(screen.queryByText("Counts for 30 days")).toBeNull();
});
