import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { addDevice, bounceEmail, forgetNotificationSettings, notificationSettingsOf, saveNotificationSettings } from "@fake/notification-settings";
import { people } from "@fake/people";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
beforeEach(forgetNotificationSettings);
const as = people.sam;

const sort = async (name: string) => within(await screen.findByRole("group", { name }));

test("shows the defaults, and the address that e-mail goes to", async () => {
  renderWithProviders(<NotificationSettings />, { as });

  const escalations = await sort("Escalations that wait");
  expect(escalations.getByLabelText("By e-mail")).toHaveValue("high");
  expect(escalations.getByLabelText("By push message")).toHaveValue("high");
  expect((await sort("My cases")).getByLabelText("By push message")).toHaveValue("never");
  expect(screen.getByLabelText("Quiet hours")).not.toBeChecked();
  expect(screen.getByText(/E-mail goes to/)).toHaveTextContent(notificationSettingsOf(as).email_to);
});

test("saves the least priority of each sort and kind, and never", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.selectOptions((await sort("Escalations that wait")).getByLabelText("By e-mail"), "Urgent");
  await user.selectOptions((await sort("My cases")).getByLabelText("By e-mail"), "Never");
  await user.selectOptions((await sort("My cases")).getByLabelText("By push message"), "Every priority");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await expect.poll(() => notificationSettingsOf(as).rules).toEqual({
    escalations: { email: "urgent", push: "high", sms: "urgent" },
    mine: { email: null, push: "low", sms: null },
    ladder: { email: "low", push: "low", sms: "urgent" },
  });
});

test("saves quiet hours of one's own time zone", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByLabelText("Quiet hours"));
  await user.clear(screen.getByLabelText(/Time zone/));
  await user.type(screen.getByLabelText(/Time zone/), "Europe/Brussels");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await expect.poll(() => notificationSettingsOf(as).quiet).toEqual({ time_zone: "Europe/Brussels", from: "22:00", to: "07:00" });
});

test("says that mail came back, until the settings are saved again", async () => {
  bounceEmail(as);
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  expect(await screen.findByText(/came back, so it is switched off/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save" }));

  await expect.poll(() => screen.queryByText(/came back, so it is switched off/)).toBeNull();
  expect(notificationSettingsOf(as).email_trouble).toBeNull();
});

test("lists the devices and removes one", async () => {
  addDevice(as, { name: "Work phone", endpoint: "1" });
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: "Remove Work phone" }));

  await expect.poll(() => notificationSettingsOf(as).devices).toEqual([]);
});

test("says so where the browser gets no push messages", async () => {
  renderWithProviders(<NotificationSettings />, { as });

  expect(await screen.findByText(/This browser gets no push messages/)).toBeInTheDocument();
});

test("settings that were saved in another window are loaded again before they are replaced", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  await user.click(await screen.findByLabelText("Quiet hours"));
  const elsewhere = { ...notificationSettingsOf(as).rules, mine: { email: "urgent", push: null, sms: null } } as const;
  saveNotificationSettings(as, { rules: elsewhere, quiet: null });
  const detail = "This was saved by somebody else meanwhile.";
  fake.server.use(http.put("*/me/notifications", () => HttpResponse.json({ code: "invalid_state", detail }, { status: 409 }), { once: true }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await user.click(await screen.findByRole("button", { name: "Load again" }));

  await expect.poll(async () => (await sort("My cases")).getByLabelText("By e-mail")).toHaveValue("urgent");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a choice stays when the settings that were saved in another window cannot be loaded", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  await user.click(await screen.findByLabelText("Quiet hours"));
  fake.server.use(
    http.put("*/me/notifications", () => HttpResponse.json({ code: "invalid_state" }, { status: 409 })),
    http.get("*/me/notifications", () => HttpResponse.error()),
  );
  await user.click(screen.getByRole("button", { name: "Save" }));

  await user.click(await screen.findByRole("button", { name: "Load again" }));

  expect(await screen.findByText("FlowPilot can't be reached")).toBeVisible();
  expect(screen.getByLabelText("Quiet hours")).toBeChecked();
});

const saveElsewhere = () => {
  const { rules } = notificationSettingsOf(as);
  saveNotificationSettings(as, { rules: { ...rules, mine: { email: "urgent", push: null, sms: null } }, quiet: null });
};

test("what another window has saved is shown when the window gets the focus, while nothing is changed here", async () => {
  const { queries } = renderWithProviders(<NotificationSettings />, { as });
  expect((await sort("My cases")).getByLabelText("By e-mail")).toHaveValue("low");
  saveElsewhere();

  await queries.refetchQueries();

  await expect.poll(async () => (await sort("My cases")).getByLabelText("By e-mail")).toHaveValue("urgent");
  expect(screen.queryByText("Changed elsewhere meanwhile")).toBeNull();
});

test("what is changed here stays when another window has saved, until its version is loaded", async () => {
  const { user, queries } = renderWithProviders(<NotificationSettings />, { as });
  await user.selectOptions((await sort("Escalations that wait")).getByLabelText("By e-mail"), "Urgent");
  await user.click(screen.getByLabelText("Quiet hours"));
  saveElsewhere();
  await queries.refetchQueries();

  expect(await screen.findByText("Changed elsewhere meanwhile")).toBeVisible();
  expect((await sort("Escalations that wait")).getByLabelText("By e-mail")).toHaveValue("urgent");
  expect(screen.getByLabelText("Quiet hours")).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Load it" }));

  expect((await sort("My cases")).getByLabelText("By e-mail")).toHaveValue("urgent");
  expect((await sort("Escalations that wait")).getByLabelText("By e-mail")).toHaveValue("high");
  expect(screen.getByLabelText("Quiet hours")).not.toBeChecked();
  expect(screen.queryByText("Changed elsewhere meanwhile")).toBeNull();
});

test("a version in which these settings are the same is no reason for a note, and is the one that is saved over", async () => {
  const versions: unknown[] = [];
  fake.server.events.on("request:start", ({ request }) => {
    if (request.method === "PUT") void request.clone().json().then((body: { version: number }) => versions.push(body.version));
  });
  const { user, queries } = renderWithProviders(<NotificationSettings />, { as });
  await user.click(await screen.findByLabelText("Quiet hours"));
  saveNotificationSettings(as, notificationSettingsOf(as));
  await queries.refetchQueries();

  await user.click(screen.getByRole("button", { name: "Save" }));

  await expect.poll(() => versions).toEqual([1]);
  expect(screen.queryByText("Changed elsewhere meanwhile")).toBeNull();
});
