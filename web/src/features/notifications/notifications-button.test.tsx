import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { NotificationsButton } from "./notifications-button";

const fake = setUpFakeApi();

function escalate() {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail", psa_ticket_id: "7" });
  return fake.api.handOff(session.id, people.jane, { intent: "escalate" });
}

test("a senior is notified of an escalation, with a link to its context", async () => {
  const handoff = escalate();
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });

  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));

  const link = await screen.findByRole("link", { name: /Escalation from Jane Cooper · #7: No mail/ });
  expect(link).toHaveAttribute("href", `/pilot/${handoff.session_id}?pickup=true`);
});

test("the sender is notified who picked it up, with a link to the session", async () => {
  const handoff = escalate();
  fake.api.claim(handoff.session_id, handoff.id, people.sam);
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.jane });

  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));

  const link = await screen.findByRole("link", { name: /Picked up by Sam Rivera/ });
  expect(link).toHaveAttribute("href", `/pilot/${handoff.session_id}`);
});

test("an admin is told that an integration fails, with a link to it", async () => {
  const item = { id: "e1", title: "Halo no longer lets FlowPilot in", type: "integration_failed", created_at: fake.api.now() };
  const present = { state: null, priority: null, client: null, updated_at: item.created_at, settled: false };
  const ofIntegration = { ...item, ...present, session_id: null, handoff_id: null, integration_id: "halo", read: false };
  fake.server.use(http.get("*/notifications", () => HttpResponse.json({ items: [ofIntegration], next_cursor: null, unread: 1 })));
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.olga });

  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));

  const link = await screen.findByRole("link", { name: /Halo no longer lets FlowPilot in/ });
  expect(link).toHaveAttribute("href", "/integrations/halo/edit");
});

test("notifications are marked as read up to the newest on the screen", async () => {
  escalate();
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });
  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));

  await user.click(await screen.findByRole("button", { name: "Mark all as read" }));

  await waitFor(() => expect(screen.getByRole("button", { name: "Notifications" })).toBeInTheDocument());
  expect(fake.api.readUpTo.get(people.sam.id)).toBe(fake.api.events[0]?.occurred_at);
});

test("a handoff has one notification, which is settled when anybody claims it", async () => {
  const handoff = escalate();
  fake.api.claim(handoff.session_id, handoff.id, people.alex);
  fake.api.release(handoff.session_id, handoff.id, people.alex, "");
  fake.api.claim(handoff.session_id, handoff.id, people.alex);
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });

  await user.click(await screen.findByRole("button", { name: "Notifications" }));

  const [only, ...more] = await screen.findAllByRole("link");
  expect(only).toHaveTextContent("Picked up");
  expect(only).not.toHaveTextContent("Unread");
  expect(more).toEqual([]);
});

test("more than 99 unread notifications are 99+", async () => {
  const many = { items: [], next_cursor: null, unread: 100 };
  fake.server.use(http.get("*/notifications", () => HttpResponse.json(many)));

  renderWithProviders(<NotificationsButton />, { as: people.sam });

  expect(await screen.findByRole("button", { name: "Notifications, 99+ unread" })).toHaveTextContent("99+");
});

test("an empty list says that there is nothing", async () => {
  const { user } = renderWithProviders(<NotificationsButton />);

  await user.click(await screen.findByRole("button", { name: "Notifications" }));

  expect(await screen.findByText("No notifications yet.")).toBeInTheDocument();
});

test("older notifications are loaded on demand and count as unread", async () => {
  for (let count = 0; count < 30; count += 1) escalate();
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });
  await user.click(await screen.findByRole("button", { name: "Notifications, 30 unread" }));
  expect(await screen.findAllByRole("link")).toHaveLength(25);

  await user.click(screen.getByRole("button", { name: "Show older" }));

  await waitFor(() => expect(screen.getAllByRole("link")).toHaveLength(30));
  expect(screen.queryByRole("button", { name: "Show older" })).toBeNull();
});

test("an empty first page does not say that there is nothing", async () => {
  fake.server.use(
    http.get("*/notifications", () => HttpResponse.json({ items: [], next_cursor: "0", unread: 0 }), { once: true }),
  );
  escalate();
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });
  await user.click(await screen.findByRole("button", { name: "Notifications" }));

  await user.click(await screen.findByRole("button", { name: "Show older" }));

  expect(screen.queryByText("No notifications yet.")).toBeNull();
  expect(await screen.findByRole("link", { name: /No mail/ })).toBeInTheDocument();
});
