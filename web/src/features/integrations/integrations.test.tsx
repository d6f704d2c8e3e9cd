import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { IntegrationEditor } from "@/features/integrations/editor/integration-editor";
import { IntegrationForm } from "@/features/integrations/form/integration-form";
import { IntegrationList } from "@/features/integrations/list/integration-list";
import type { IntegrationChange } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
const as = people.olga;

const HALO: IntegrationChange = {
  name: "Halo",
  base_url: "https://acme.halopsa.com",
  settings: { kind: "halopsa", client_id: "flowpilot" },
  ticket_mapping: { status_on_claim: "In Progress", owner_ids: { "sam@acme.example": "14" } },
  secrets: { client_secret: "s3cret-of-halo", webhook_secret: "s3cret-of-hooks" },
};

const NOTHING_READ = { detail: "", ticket_number: null, webhook_last_at: null, warnings: [] as string[] };

const NOBODY = { onSaved: vi.fn(), onDeleted: vi.fn(), onCancel: vi.fn(), onDirtyChange: vi.fn() };

const saved = () => fake.api.integrations.of(as);
const field = (name: string | RegExp) => screen.findByLabelText(name);

const outcome = () => within(screen.getByRole("article", { name: "Halo" })).getByRole("status");

function edit() {
  fake.api.integrations.save("halo", as, HALO);
  const onLeave = vi.fn();
  return { onLeave, ...renderWithProviders(<IntegrationEditor id="halo" onSaved={onLeave} onDeleted={onLeave} onCancel={onLeave} onDirtyChange={vi.fn()} />, { as }) };
}

async function fill(user: UserEvent, name: RegExp, text: string) {
  await user.click(await field(name));
  await user.paste(text);
}

/** What was sent last, by the page itself. */
function sentBodies() {
  const bodies: IntegrationChange[] = [];
  fake.server.events.on("request:start", ({ request }) => {
    if (request.method === "PUT") void request.clone().json().then((body) => bodies.push(body as IntegrationChange));
  });
  return bodies;
}

test("an account without integrations sees what they are for", async () => {
  renderWithProviders(<IntegrationList />, { as });

  expect(await screen.findByRole("heading", { name: "No ticket system is connected" })).toBeInTheDocument();
});

test("a row shows kind, address and a missing secret", async () => {
  fake.api.integrations.save("halo", as, { ...HALO, secrets: {} });

  renderWithProviders(<IntegrationList />, { as });

  const row = within(await screen.findByRole("article", { name: "Halo" }));
  for (const text of ["HaloPSA", "https://acme.halopsa.com", "1 secret is missing"]) expect(row.getByText(text)).toBeInTheDocument();
  expect(row.getByRole("link")).toHaveAttribute("href", "/integrations/halo/edit");
});

test("a failing integration says since when, why and what waits", async () => {
  const integration = fake.api.integrations.save("halo", as, HALO);
  const failure = { part: "access", since: fake.api.now(), reason: "HaloPSA does not accept the client id.", next_try_at: null } as const;
  Object.assign(integration, { failures: [failure], waiting_handoffs: 2 });

  renderWithProviders(<IntegrationEditor id="halo" {...NOBODY} />, { as });

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The ticket system no longer lets FlowPilot in (since just now)");
  expect(alert).toHaveTextContent("HaloPSA does not accept the client id.");
  expect(alert).toHaveTextContent("The ticket notes of 2 handoffs wait.");
});

test("the last delivery is shown by event, and what never came", async () => {
  const integration = fake.api.integrations.save("halo", as, HALO);
  const came = { event: "ticket.created", last_at: fake.api.now() } as const;
  Object.assign(integration, { webhook_events: [came, { event: "ticket.updated", last_at: null }] });

  renderWithProviders(<IntegrationEditor id="halo" {...NOBODY} />, { as });

  const deliveries = await screen.findByRole("region", { name: "Last delivery" });
  expect(deliveries).toHaveTextContent("New ticketjust now");
  expect(deliveries).toHaveTextContent("Ticket changednever");
  expect(deliveries).toHaveTextContent("What never came may not be subscribed");
});

test("a failed connection test shows the ticket system's detail", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const answer = { ...NOTHING_READ, works: false, detail: "HaloPSA refused the client ID or secret (401)." };
  fake.server.use(http.post("*/integrations/halo/test", () => HttpResponse.json(answer)));
  const { user } = renderWithProviders(<IntegrationList />, { as });

  await user.click(await screen.findByRole("button", { name: "Test connection: Halo" }));

  await waitFor(() => expect(outcome()).toHaveTextContent("Does not work" + answer.detail));
});

test("a successful connection test says what it read, and when the webhook was last seen", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const answer = { ...NOTHING_READ, works: true, ticket_number: "2818", webhook_last_at: new Date().toISOString() };
  fake.server.use(http.post("*/integrations/halo/test", () => HttpResponse.json(answer)));
  const { user } = renderWithProviders(<IntegrationList />, { as });

  await user.click(await screen.findByRole("button", { name: "Test connection: Halo" }));

  await waitFor(() =>
    expect(outcome()).toHaveTextContent(/^WorksRead ticket #2818; wrote nothing; webhook last seen just now\.$/),
  );
});

test("a connection test warns of choices that the ticket system no longer has", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const warnings = ["The status “In Prüfung” no longer exists there."];
  fake.server.use(http.post("*/integrations/halo/test", () => HttpResponse.json({ ...NOTHING_READ, works: true, warnings })));
  const { user } = renderWithProviders(<IntegrationList />, { as });

  await user.click(await screen.findByRole("button", { name: "Test connection: Halo" }));

  await waitFor(() => expect(outcome()).toHaveTextContent("There is no ticket to read; wrote nothing; no webhook seen yet."));
  expect(outcome()).toHaveTextContent(warnings[0]!);
});

test("a new integration has the fields of its kind, and they are sent", async () => {
  const onSaved = vi.fn();
  const { user } = renderWithProviders(<IntegrationForm id="psa-1" onSaved={onSaved} onCancel={vi.fn()} onDirtyChange={vi.fn()} />, { as });

  await user.click(await screen.findByRole("radio", { name: "Autotask" }));
  await fill(user, /^Name/, "Our Autotask");
  await fill(user, /^Address of its API/, "https://webservices2.autotask.net/ATServicesRest");
  await fill(user, /^API user name/, "flowpilot@acme.example");
  await fill(user, /^Webhook GUIDs/, "one\ntwo");
  await fill(user, /^API integration code/, "code");
  await fill(user, /^API secret/, "secret");
  await user.click(screen.getByRole("button", { name: "Add" }));

  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(saved()).toMatchObject([
    {
      id: "psa-1",
      name: "Our Autotask",
      settings: { kind: "autotask", user_name: "flowpilot@acme.example", webhook_guids: ["one", "two"] },
    },
  ]);
  expect(Object.keys(saved()[0]!.secrets_set_at)).toEqual(["api_integration_code", "api_secret"]);
});

test("a secret shows when it was set, never its value, and is not sent when left empty", async () => {
  const bodies = sentBodies();
  const { user, onLeave, container } = edit();
  const secret = await field(/^Client secret/);
  expect(secret).toHaveValue("");
  expect(secret).toHaveAttribute("type", "password");
  expect(screen.getAllByText("just now").length).toBeGreaterThan(1);

  await fill(user, /^Name/, " of ours");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ name: "Halo of ours", secrets: {} }]);
  expect(bodies[0]?.ticket_mapping?.owner_ids).toEqual({ "sam@acme.example": "14" });
  expect(container.innerHTML + JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])).not.toContain("s3cret");
});

test("a new secret is sent and then removed from the form", async () => {
  const bodies = sentBodies();
  const { user, onLeave } = edit();

  await fill(user, /^Client secret/, "n3w");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ secrets: { client_secret: "n3w" } }]);
  expect(await field(/^Client secret/)).toHaveValue("");
});

test("the removal of an optional secret can be undone before saving", async () => {
  const bodies = sentBodies();
  const { user, onLeave } = edit();
  await user.click(await screen.findByRole("button", { name: "Remove: Webhook secret" }));
  await user.click(screen.getByRole("button", { name: "Keep it: Webhook secret" }));
  await user.click(screen.getByRole("button", { name: "Remove: Webhook secret" }));

  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ secrets: { webhook_secret: null } }]);
  expect(screen.queryByRole("button", { name: "Remove: Client secret" })).toBeNull();
});

test("a field error is shown at its field, which gets the focus; other errors are shown below", async () => {
  const errors = [
    { pointer: "/base_url", detail: "This cannot be called: the name halo.local is not public." },
    { pointer: "/secrets/client_secret", detail: "This has to be 1 to 500 printable characters." },
    { pointer: "/ticket_mapping/owner_ids/sam@acme.example", detail: "Too long." },
    { pointer: "/looks", detail: "No such field." },
  ];
  fake.server.use(http.put("*/integrations/halo", () => HttpResponse.json({ code: "invalid_request", detail: "No.", errors }, { status: 422 })));
  const { user, onLeave } = edit();

  await user.click(await screen.findByRole("button", { name: "Save" }));

  const address = await field(/^Address of its API/);
  await waitFor(() => expect(address).toHaveFocus());
  expect(address).toHaveAccessibleDescription(/halo.local is not public/);
  expect(await field(/^Client secret/)).toHaveAccessibleDescription(/1 to 500 printable/);
  expect(await field(/^Owners/)).toHaveAccessibleDescription(/Too long/);
  expect(within(screen.getByRole("alert")).getAllByRole("listitem").map((item) => item.textContent)).toEqual(["looks: No such field."]);
  expect(onLeave).not.toHaveBeenCalled();
});

test("a version that somebody else has saved has to be loaded before it is replaced", async () => {
  const { user, onLeave } = edit();
  await fill(user, /^Name/, " of mine");
  fake.api.integrations.save("halo", as, { ...HALO, name: "Theirs" });

  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(/Somebody has saved this integration.*Load it again/);
  expect(saved()).toMatchObject([{ name: "Theirs" }]);

  await user.click(screen.getByRole("button", { name: "Load again" }));
  await waitFor(() => expect(screen.getByLabelText(/^Name/)).toHaveValue("Theirs"));
  await fill(user, /^Name/, " and mine");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(saved()).toMatchObject([{ name: "Theirs and mine" }]);
});

test("a background refetch does not change the version that the form sends", async () => {
  const { user, queries } = edit();
  await fill(user, /^Name/, " of mine");
  fake.api.integrations.save("halo", as, { ...HALO, name: "Theirs" });
  await queries.refetchQueries();
  await screen.findByRole("heading", { name: "Theirs" });
  expect(screen.getByText("Changed elsewhere meanwhile")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Save" }));

  await screen.findByRole("button", { name: "Load again" });
  expect(saved()).toMatchObject([{ name: "Theirs" }]);
});

test("what somebody else has saved is loaded on demand, in place of what was typed", async () => {
  const { user, queries } = edit();
  await fill(user, /^Name/, " of mine");
  fake.api.integrations.save("halo", as, { ...HALO, name: "Theirs" });
  await queries.refetchQueries();
  await user.click(await screen.findByRole("button", { name: "Load it" }));

  expect(await field(/^Name/)).toHaveValue("Theirs");
  expect(screen.queryByText("Changed elsewhere meanwhile")).toBeNull();
});

test("an integration is deleted after a confirmation", async () => {
  const { user, onLeave } = edit();
  await user.click(await screen.findByRole("button", { name: "Delete the integration…" }));
  expect(saved()).toHaveLength(1);

  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(saved()).toEqual([]);
});

test("the webhook address is absolute", async () => {
  edit();

  expect(await screen.findByText(`${window.location.origin}/api/webhooks/acme/halo`)).toBeInTheDocument();
});

test("closed statuses and the time zone are kept when the form is saved", async () => {
  const standard: IntegrationChange = { name: "Desk", settings: { kind: "standard", time_zone: "Europe/Brussels" } };
  fake.api.integrations.save("desk", as, { ...standard, ticket_mapping: { closed_statuses: ["Abgerechnet"] } });
  const bodies = sentBodies();
  const { user } = renderWithProviders(<IntegrationEditor id="desk" {...NOBODY} />, { as });

  await fill(user, /Closed statuses/, "\nErledigt");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(bodies[0]?.ticket_mapping?.closed_statuses).toEqual(["Abgerechnet", "Erledigt"]);
  expect(bodies[0]?.settings).toMatchObject({ time_zone: "Europe/Brussels" });
});

test("an owner is chosen from the people of the ticket system", async () => {
  const { user } = edit();

  await user.click(await screen.findByRole("combobox", { name: "Add an owner" }));
  await user.click(await screen.findByRole("option", { name: "Alex Lindqvist (alex@acme.example)" }));

  expect(await field(/^Owners/)).toHaveValue("sam@acme.example = 14\nalex@acme.example = 15");
});

test("a chosen status that the ticket system no longer has is named", async () => {
  fake.api.integrations.save("halo", as, { ...HALO, ticket_mapping: { status_on_claim: "Working on it", owner_ids: { "x@acme.example": "99" } } });

  renderWithProviders(<IntegrationEditor id="halo" {...NOBODY} />, { as });

  expect(await screen.findByText(/“Working on it” is no status of the ticket system any more/)).toBeInTheDocument();
  expect(screen.getByText(/“99” is no owner of the ticket system any more/)).toBeInTheDocument();
});

test("a secret of 16 bytes is taken with a warning", async () => {
  fake.api.integrations.save("desk", as, { name: "Desk", settings: { kind: "standard" } });
  const { user } = renderWithProviders(<IntegrationEditor id="desk" {...NOBODY} />, { as });

  await fill(user, /^Webhook secret/, "whsec_AAAAAAAAAAAAAAAAAAAAAA==");

  expect(await screen.findByText(/This secret has 16 bytes. It is taken, but Standard Webhooks asks for 24/)).toBeInTheDocument();
});
