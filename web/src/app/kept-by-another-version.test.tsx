import { screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test } from "vitest";

import { forgetNotificationSettings } from "@fake/notification-settings";
import { people } from "@fake/people";
import { AddChannel } from "@/features/channels/add-channel";
import { PolicyEditor } from "@/features/clock/policy/policy-editor";
import { RotaEditor } from "@/features/clock/rotas/rota-editor";
import { IntegrationForm } from "@/features/integrations/form/integration-form";
import { NotificationSettings } from "@/features/notifications/settings/notification-settings";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

setUpFakeApi();
beforeEach(forgetNotificationSettings);

const nothing = () => undefined;
const show = (page: ReactNode) => renderWithProviders(page, { as: people.olga });
const AGAIN = /What you typed before is here again/;

const policy = <PolicyEditor onDirtyChange={nothing} />;
const rota = <RotaEditor id="rota-1" isNew onSaved={nothing} onCancel={nothing} onDirtyChange={nothing} />;
const integration = <IntegrationForm id="psa-1" onSaved={nothing} onCancel={nothing} onDirtyChange={nothing} />;
const channel = <AddChannel opened onClose={nothing} />;

const FORMS: [string, ReactNode, RegExp, string, unknown][] = [
  ["policy", policy, /Directed to one person/, "priorities", { urgent: {} }],
  ["policy", policy, /Directed to one person/, "holidays", "2026-12-25"],
  ["rota", rota, /^Name/, "people", "sub-sam"],
  ["rota", rota, /^Name/, "people", null],
  ["rota", rota, /^Name/, "overrides", {}],
  ["rota", rota, /^Name/, "timeZone", 1],
  ["integration", integration, /^Name/, "kind", "another-system"],
  ["integration", integration, /^Name/, "removed", "client_secret"],
  ["channel", channel, /^Name/, "kind", "pager"],
  ["channel", channel, /^Name/, "name", 7],
];

test.each(FORMS)("a %s that another version of the page has kept does not break the form", async (_form, page, label, field, value) => {
  const before = show(page);
  await before.user.type(await screen.findByLabelText(label), "7");
  leaveByReload(before);
  keepOtherwise(field, value);

  show(page);

  expect(await screen.findByLabelText(label)).toBeVisible();
  expect(screen.queryByText(AGAIN)).toBeNull();
});

test.each([
  ["rules", null],
  ["rules", []],
  ["rules", { mine: "urgent" }],
  ["quiet", "22:00"],
])("notification settings that another version of the page has kept do not break the form: %s as %j", async (field, value) => {
  const before = show(<NotificationSettings />);
  await before.user.click(await screen.findByLabelText("Quiet hours"));
  leaveByReload(before);
  keepOtherwise(field, value);

  show(<NotificationSettings />);

  expect(await screen.findByLabelText("Quiet hours")).not.toBeChecked();
  expect(screen.queryByText(AGAIN)).toBeNull();
});

/** Gives a field of the form that is kept another value. */
function keepOtherwise(field: string, value: unknown) {
  const [slot, text] = Object.entries(localStorage as unknown as Record<string, string>).find(([name]) => name.includes(".form."))!;
  const kept = JSON.parse(text) as { draft: object };
  localStorage.setItem(slot, JSON.stringify({ ...kept, draft: { ...kept.draft, [field]: value } }));
}
