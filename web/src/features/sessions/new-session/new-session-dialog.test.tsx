import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { people } from "@fake/people";
import { factsOf } from "@fake/seed";
import type { NewSession } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { NewSessionDialog } from "./new-session-dialog";

const fake = setUpFakeApi();
const nothing = () => undefined;

beforeEach(() => localStorage.clear());

const link = (id: string, name: string) =>
  fake.api.integrations.save(id, people.olga, { name, settings: { kind: "standard" } });

const sent = () => {
  const bodies: NewSession[] = [];
  const listen = http.post("*/api/sessions", async ({ request }) => {
    bodies.push((await request.clone().json()) as NewSession);
  });
  fake.server.use(listen);
  return bodies;
};

const dialog = () => renderWithProviders(<NewSessionDialog opened onClose={nothing} onCreated={nothing} />, { as: people.jane });

test("a colleague who works on the ticket is named before the session is opened", async () => {
  link("cw", "ConnectWise");
  fake.api.openSession(people.sam, { problem_summary: "No mail", psa_ticket_id: "48213" });
  const { user } = dialog();

  await user.type(await screen.findByLabelText("Ticket"), "#48213");

  expect(await screen.findByText(/works on this ticket, since/)).toHaveTextContent("Sam Rivera works on this ticket, since just now.");
});

test("the ticket's title and client are shown, and a number that does not exist", async () => {
  fake.api.integrations.save("halo", people.olga, { name: "Halo", settings: { kind: "halopsa", client_id: "id" } });
  const facts = factsOf("VPN drops", fake.api.now());
  fake.server.use(http.get("*/tickets/halo/2818", () => HttpResponse.json(facts)));
  const { user } = dialog();

  await user.type(await screen.findByLabelText("Ticket"), "2818");
  expect(await screen.findByText("VPN drops")).toBeInTheDocument();
  expect(screen.getByText("Peeters & Zonen · Waiting on us · Jane Cooper")).toBeInTheDocument();

  await user.type(screen.getByLabelText("Ticket"), "9");
  expect(await screen.findByText(/There is no ticket 28189 in/)).toHaveTextContent("There is no ticket 28189 in Halo.");
});

test("an engineer chooses among several ticket systems", async () => {
  link("cw", "ConnectWise");
  link("halo", "Halo");
  const bodies = sent();
  const { user } = dialog();

  await user.type(await screen.findByLabelText(/What is the problem/), "No print");
  await user.type(screen.getByLabelText("Ticket"), "#2818");
  await user.selectOptions(await screen.findByLabelText(/Ticket system/), "Halo");
  await user.click(screen.getByRole("button", { name: "Start session" }));

  await waitFor(() => expect(bodies).toMatchObject([{ psa_ticket_id: "2818", integration_id: "halo" }]));
});

test("a ticket requires the choice of a ticket system", async () => {
  link("cw", "ConnectWise");
  link("halo", "Halo");
  const { user } = dialog();

  const choice = await screen.findByLabelText(/Ticket system/);
  expect(choice).not.toBeRequired();
  await user.type(screen.getByLabelText("Ticket"), "2818");

  expect(choice).toBeRequired();
});

test("a single ticket system leaves nothing to choose", async () => {
  link("cw", "ConnectWise");
  const bodies = sent();
  const { user, queries } = dialog();
  await waitFor(() => expect(queries.getQueryData(["ticket-systems"])).toBeDefined());

  await user.type(await screen.findByLabelText(/What is the problem/), "No print");
  await user.type(screen.getByLabelText("Ticket"), "48213");
  await user.click(screen.getByRole("button", { name: "Start session" }));

  expect(screen.queryByLabelText(/Ticket system/)).not.toBeInTheDocument();
  await waitFor(() => expect(bodies).toMatchObject([{ psa_ticket_id: "48213", integration_id: null }]));
});
