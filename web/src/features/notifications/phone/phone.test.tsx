import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { CODE, confirmPhone, forgetNotificationSettings, notificationSettingsOf, sendCode, switchSmsOff } from "@fake/notification-settings";
import { people } from "@fake/people";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

setUpFakeApi();
beforeEach(forgetNotificationSettings);
const as = people.sam;
const NUMBER = "+12025550123";
const confirmed = () => {
  sendCode(as, { number: NUMBER });
  confirmPhone(as, { code: CODE });
};
const section = async () => within(await screen.findByRole("region", { name: "SMS" }));

test("confirms a number by the code that comes to it, and then offers SMS for each sort of event", async () => {
  const { user } = renderWithProviders(<NotificationSettings />, { as });
  await user.type((await section()).getByLabelText(/Mobile number/), "+1 202 555 0123");
  expect(screen.queryByLabelText("By SMS")).toBeNull();

  await user.click((await section()).getByRole("button", { name: "Send a code" }));
  await user.type(await (await section()).findByLabelText(/^Code/), CODE);
  await user.click((await section()).getByRole("button", { name: "Confirm" }));

  expect(await screen.findByText(NUMBER)).toBeVisible();
  expect(within(screen.getByRole("group", { name: "Escalations that wait" })).getByLabelText("By SMS")).toHaveValue("urgent");
});

test("says that a code is wrong, and takes the right one after it", async () => {
  sendCode(as, { number: NUMBER });
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.type(await (await section()).findByLabelText(/^Code/), "000000{Enter}");
  expect(await screen.findByText(/This is not the code/)).toBeVisible();
  await user.clear((await section()).getByLabelText(/^Code/));
  await user.type((await section()).getByLabelText(/^Code/), `${CODE}{Enter}`);

  await expect.poll(() => notificationSettingsOf(as).phone?.number).toBe(NUMBER);
});

test("removes a number", async () => {
  confirmed();
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: `Remove ${NUMBER}` }));

  await expect.poll(() => notificationSettingsOf(as).phone).toBeNull();
  expect(await (await section()).findByLabelText(/Mobile number/)).toBeVisible();
});

test("keeps a number while another is being confirmed", async () => {
  confirmed();
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: "Change number" }));
  await user.type((await section()).getByLabelText(/Mobile number/), "+1 202 555 0124");
  await user.click((await section()).getByRole("button", { name: "Send a code" }));

  expect(await screen.findByText(/on its way to \+12025550124/)).toBeVisible();
  expect(screen.getByText(NUMBER)).toBeVisible();
});

test("saves the least priority of SMS, and keeps the others", async () => {
  confirmed();
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.selectOptions(within(await screen.findByRole("group", { name: "My cases" })).getByLabelText("By SMS"), "High and urgent");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await expect.poll(() => notificationSettingsOf(as).rules.mine).toEqual({ email: "low", push: null, sms: "high" });
  expect(notificationSettingsOf(as).rules.escalations).toEqual({ email: "high", push: "high", sms: "urgent" });
});

test("asks whether the test message by SMS arrived", async () => {
  confirmed();
  const { user } = renderWithProviders(<NotificationSettings />, { as });

  await user.click(await screen.findByRole("button", { name: "Page me now" }));

  expect(await screen.findByRole("button", { name: "It arrived: SMS" })).toBeEnabled();
});

test("offers nothing of SMS where the stack sends none", async () => {
  confirmed();
  switchSmsOff(as);
  renderWithProviders(<NotificationSettings />, { as });

  expect(await screen.findByRole("group", { name: "My cases" })).toBeVisible();
  expect(screen.queryByText(/SMS/)).toBeNull();
});
