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

test("notifications are marked as read up to the newest on the screen", async () => {
  escalate();
  const { user } = renderWithProviders(<NotificationsButton />, { as: people.sam });
  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));

  await user.click(await screen.findByRole("button", { name: "Mark all as read" }));

  await waitFor(() => expect(screen.getByRole("button", { name: "Notifications" })).toBeInTheDocument());
  expect(fake.api.readUpTo.get(people.sam.id)).toBe(fake.api.events[0]?.occurred_at);
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
