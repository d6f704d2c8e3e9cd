import { screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { forgetNotificationSettings, notificationSettingsOf } from "@fake/notification-settings";
import { people } from "@fake/people";
import { ChannelList } from "@/features/channels/channel-list";
import { PolicyEditor } from "@/features/clock/policy/policy-editor";
import { RotaEditor } from "@/features/clock/rotas/rota-editor";
import { IntegrationEditor } from "@/features/integrations/editor/integration-editor";
import { IntegrationForm } from "@/features/integrations/form/integration-form";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
beforeEach(forgetNotificationSettings);
const as = people.olga;

const nothing = () => undefined;
const AGAIN = "What you typed before is here again, and not saved yet";
const show = (page: ReactNode) => renderWithProviders(page, { as });
const button = (name: string) => screen.getByRole("button", { name });
const stored = () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);

test("a changed policy is there again after a lost sign-in, and is saved", async () => {
  const page = <PolicyEditor onDirtyChange={nothing} />;
  const before = show(page);
  await before.user.type(await screen.findByLabelText(/Directed to one person/), "7");
  leaveByReload(before);

  const { user } = show(page);

  expect(await screen.findByText(AGAIN)).toBeVisible();
  expect(screen.getByLabelText(/Directed to one person/)).toHaveValue("107");
  await user.click(button("Save"));
  await waitFor(() => expect(fake.api.clock.policies.saved.policy.direct_for_min).toBe(107));
  await waitFor(() => expect(screen.queryByText(AGAIN)).toBeNull());
  expect(stored()).not.toContain("107");
});

test("a changed policy that is there again can be discarded", async () => {
  const page = <PolicyEditor onDirtyChange={nothing} />;
  const before = show(page);
  await before.user.type(await screen.findByLabelText(/Directed to one person/), "7");
  leaveByReload(before);
  const { user } = show(page);

  await user.click(within((await screen.findByText(AGAIN)).closest<HTMLElement>("[role=status]")!).getByRole("button", { name: "Discard" }));

  expect(screen.getByLabelText(/Directed to one person/)).toHaveValue("10");
  expect(stored()).not.toContain("107");
});

test("a new rota is there again after a lost sign-in, under the id that it had", async () => {
  const page = (id: string, onSaved: () => void = nothing) => <RotaEditor id={id} isNew onSaved={onSaved} onCancel={nothing} onDirtyChange={nothing} />;
  const before = show(page("rota-1"));
  await before.user.type(await screen.findByLabelText(/^Name/), "Nights");
  const zone = screen.getAllByLabelText(/Time zone/, { selector: "input" })[0]!;
  await before.user.clear(zone);
  await before.user.type(zone, "Europe/Brussels");
  await within(screen.getByLabelText("Add a person to the order")).findByRole("option", { name: "Sam Rivera" });
  await before.user.selectOptions(screen.getByLabelText("Add a person to the order"), "Sam Rivera");
  leaveByReload(before);
  const onSaved = vi.fn();

  const { user } = show(page("rota-2", onSaved));
  await screen.findByText(AGAIN);
  await user.click(button("Add"));

  await waitFor(() => expect(onSaved).toHaveBeenCalledWith(expect.objectContaining({ id: "rota-1", name: "Nights" })));
  expect([...fake.api.clock.rotas.saved.keys()]).toEqual(["rota-1"]);
  expect(stored()).not.toContain("Nights");
});

const HALO = { name: "Halo", base_url: "https://acme.halopsa.com", settings: { kind: "halopsa", client_id: "flowpilot" }, secrets: { client_secret: "old" } } as const;

test("a changed integration is there again after a lost sign-in, without its secrets, and says which", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const page = <IntegrationEditor id="halo" onSaved={nothing} onDeleted={nothing} onCancel={nothing} onDirtyChange={nothing} />;
  const before = show(page);
  await before.user.type(await screen.findByLabelText(/^Name/), " of ours");
  await before.user.type(screen.getByLabelText(/^Client secret/), "n3w-s3cret");
  await before.user.type(screen.getByLabelText(/^Webhook secret/), "h00k-s3cret");
  expect(stored()).toContain("of ours");
  expect(stored()).not.toContain("s3cret");
  leaveByReload(before);

  show(page);

  expect(await screen.findByText("Secrets are not kept. Enter again: Client secret and Webhook secret.")).toBeVisible();
  expect(screen.getByLabelText(/^Name/)).toHaveValue("Halo of ours");
  expect(screen.getByLabelText(/^Client secret/)).toHaveValue("");
});

test("a new integration is there again with its kind, and an address that has a password in it is left out", async () => {
  const page = (id: string) => <IntegrationForm id={id} onSaved={nothing} onCancel={nothing} onDirtyChange={nothing} />;
  const before = show(page("psa-1"));
  await before.user.click(await screen.findByRole("radio", { name: "HaloPSA" }));
  await before.user.type(screen.getByLabelText(/^Client ID/), "flowpilot");
  await before.user.type(screen.getByLabelText(/^Address of its API/), "https://me:s3cret@acme.halopsa.com");
  expect(stored()).not.toContain("s3cret@");
  leaveByReload(before);

  show(page("psa-2"));

  expect(await screen.findByText("Secrets are not kept. Enter again: address of its API.")).toBeVisible();
  expect(screen.getByRole("radio", { name: "HaloPSA" })).toBeChecked();
  expect(screen.getByLabelText(/^Client ID/)).toHaveValue("flowpilot");
});

test("a new webhook is there again without its address and its signing secret", async () => {
  const before = show(<ChannelList />);
  await before.user.click(await screen.findByRole("button", { name: "Add" }));
  await before.user.click(await screen.findByRole("radio", { name: "Webhook" }));
  await before.user.type(screen.getByLabelText(/Name/), "Ops");
  await before.user.type(screen.getByLabelText(/Address/), "https://hooks.example.com/t0ken");
  const secret = screen.getByLabelText<HTMLInputElement>(/Signing secret/).value;
  expect(stored()).toContain("Ops");
  for (const hidden of ["t0ken", "hooks.example.com", secret]) expect(stored()).not.toContain(hidden);
  leaveByReload(before);

  const { user } = show(<ChannelList />);
  await user.click(await screen.findByRole("button", { name: "Add" }));

  expect(await screen.findByText("Secrets are not kept. Enter again: address.")).toBeVisible();
  expect(screen.getByRole("radio", { name: "Webhook" })).toBeChecked();
  expect(screen.getByLabelText(/Name/)).toHaveValue("Ops");
  expect(screen.getByLabelText(/Address/)).toHaveValue("");
  expect(screen.getByLabelText(/Signing secret/)).toHaveAccessibleDescription(/^A new one, as secrets are not kept/);
  expect(screen.getByLabelText(/Signing secret/)).not.toHaveValue(secret);
});

test("changed notification settings are there again after a lost sign-in, and are saved", async () => {
  const before = show(<NotificationSettings />);
  await before.user.click(await screen.findByLabelText("Quiet hours"));
  leaveByReload(before);

  const { user } = show(<NotificationSettings />);
  await screen.findByText(AGAIN);
  await user.click(button("Save"));

  await waitFor(() => expect(notificationSettingsOf(as).quiet).toMatchObject({ from: "22:00" }));
  await waitFor(() => expect(stored()).not.toContain("22:00"));
});
