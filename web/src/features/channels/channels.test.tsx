import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { ChannelList } from "@/features/channels/channel-list";
import { newSigningSecret } from "@/features/channels/signing-secret";
import type { Delivery } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
const as = people.olga;

const FAILED: Delivery = {
  id: "h1.e1",
  event_id: "e1",
  event_type: "handoff_created",
  title: "Escalation from Jane: <b>Outlook</b>",
  recipient: { id: "ops", name: "Ops", device: null },
  kind: "webhook",
  state: "failed",
  attempts: 8,
  detail: "The receiver answered 500, no success.",
  next_try_at: null,
  accepted_at: null,
  instead_of: null,
  shown_at: null,
  opened_at: null,
  created_at: "2026-11-23T09:00:00.000Z",
  updated_at: "2026-11-23T09:00:00.000Z",
};

const rowOf = (name: string) => screen.findByRole("article", { name });

test("an account without channels sees what they are for", async () => {
  renderWithProviders(<ChannelList />, { as });

  expect(await screen.findByRole("heading", { name: "No channel is set up" })).toBeInTheDocument();
});

test("an admin adds a webhook with a secret made here", async () => {
  const { user } = renderWithProviders(<ChannelList />, { as });

  await user.click(await screen.findByRole("button", { name: "Add" }));
  await user.click(await screen.findByRole("radio", { name: "Webhook" }));
  await user.type(screen.getByLabelText(/Name/), "Ops");
  await user.type(screen.getByLabelText(/Address/), "https://hooks.example.com/x");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add" }));

  const row = await rowOf("Ops");
  expect(row).toHaveTextContent("hooks.example.com");
  expect(row).not.toHaveTextContent("/x");
});

test("a secret is 32 random bytes in base64", () => {
  const [first, second] = [newSigningSecret(), newSigningSecret()];

  expect(first).not.toBe(second);
  expect(atob(first.replace("whsec_", ""))).toHaveLength(32);
});

test("a test message says what came of it", async () => {
  fake.api.channels.saveChat("dispatch", { name: "Dispatch", kind: "slack" });
  const { user } = renderWithProviders(<ChannelList />, { as });

  await user.click(within(await rowOf("Dispatch")).getByRole("button", { name: /Send a test/ }));

  expect(await screen.findByText("Slack knows the address no longer (404).")).toBeInTheDocument();
});

test("a channel that failures switched off says why, and is switched on again", async () => {
  const saved = fake.api.channels.saveWebhook("ops", { name: "Ops" });
  Object.assign(saved, { switched_off_at: saved.updated_at, last_error: "The receiver wants no messages any more (410)." });
  const { user } = renderWithProviders(<ChannelList />, { as });
  const row = await rowOf("Ops");
  expect(row).toHaveTextContent("Switched off after failures: The receiver wants no messages any more (410).");

  await user.click(within(row).getByRole("button", { name: "Switch on" }));

  await waitFor(() => expect(fake.api.channels.webhooks.get("ops")?.switched_off_at).toBeNull());
  expect(await within(row).findByRole("button", { name: "Switch off" })).toBeInTheDocument();
});

test("the log shows a failed delivery as text, and sends it again", async () => {
  fake.api.channels.saveWebhook("ops", { name: "Ops" });
  fake.api.channels.deliveries.push({ ...FAILED });
  const { user } = renderWithProviders(<ChannelList />, { as });

  await user.click(within(await rowOf("Ops")).getByRole("button", { name: "Deliveries" }));
  const log = await screen.findByRole("list", { name: "Deliveries" });
  expect(log).toHaveTextContent("Escalation from Jane: <b>Outlook</b>");
  await user.click(within(log).getByRole("button", { name: "Send again" }));

  await waitFor(() => expect(fake.api.channels.redelivered).toEqual(["h1.e1"]));
});

test("a channel is deleted after a confirmation", async () => {
  fake.api.channels.saveChat("dispatch", { name: "Dispatch" });
  const { user } = renderWithProviders(<ChannelList />, { as });

  await user.click(within(await rowOf("Dispatch")).getByRole("button", { name: "Delete" }));
  await user.click(await screen.findByRole("button", { name: "Delete it" }));

  await waitFor(() => expect(fake.api.channels.chats.size).toBe(0));
});

test("a channel whose answer was lost is not added twice by a second try", async () => {
  fake.server.use(
    http.put("*/channels/:id", async ({ params, request }) => {
      fake.api.channels.saveChat(String(params.id), (await request.json()) as { name: string });
      return HttpResponse.error();
    }, { once: true }),
  );
  const { user } = renderWithProviders(<ChannelList />, { as });
  await user.click(await screen.findByRole("button", { name: "Add" }));
  await user.type(await screen.findByLabelText(/Name/), "Ops");
  await user.type(screen.getByLabelText(/Address/), "https://hooks.slack.com/services/T/B/x");
  const add = within(screen.getByRole("dialog")).getByRole("button", { name: "Add" });
  await user.click(add);
  await screen.findByText("FlowPilot can't be reached");

  await user.click(add);

  expect(await rowOf("Ops")).toBeInTheDocument();
  expect(fake.api.channels.chats.size).toBe(1);
});
