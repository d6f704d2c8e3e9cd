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

const saved = () => fake.api.integrations.of(as);
const field = (name: string | RegExp) => screen.findByLabelText(name);

const outcome = () => within(screen.getByRole("article", { name: "Halo" })).getByRole("status");

function edit() {
  fake.api.integrations.save("halo", as, HALO);
  const onLeave = vi.fn();
  return { onLeave, ...renderWithProviders(<IntegrationEditor id="halo" onSaved={onLeave} onLeave={onLeave} />, { as }) };
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

test("an account without any is told what one is good for", async () => {
  renderWithProviders(<IntegrationList />, { as });

  expect(await screen.findByRole("heading", { name: "No ticket system is connected" })).toBeInTheDocument();
});

test("a row says which system it is, where, and that a secret is missing", async () => {
  fake.api.integrations.save("halo", as, { ...HALO, secrets: {} });

  renderWithProviders(<IntegrationList />, { as });

  const row = within(await screen.findByRole("article", { name: "Halo" }));
  for (const text of ["HaloPSA", "https://acme.halopsa.com", "1 secret is missing"]) expect(row.getByText(text)).toBeInTheDocument();
  expect(row.getByRole("link")).toHaveAttribute("href", "/integrations/halo/edit");
});

test("a connection that does not work says so in the words that came", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const answer = { works: false, detail: "HaloPSA refused the client ID or secret (401)." };
  fake.server.use(http.post("*/integrations/halo/test", () => HttpResponse.json(answer)));
  const { user } = renderWithProviders(<IntegrationList />, { as });

  await user.click(await screen.findByRole("button", { name: "Test connection: Halo" }));

  await waitFor(() => expect(outcome()).toHaveTextContent("Does not work" + answer.detail));
});

test("a connection that works says just that", async () => {
  fake.api.integrations.save("halo", as, HALO);
  const { user } = renderWithProviders(<IntegrationList />, { as });

  await user.click(await screen.findByRole("button", { name: "Test connection: Halo" }));

  await waitFor(() => expect(outcome()).toHaveTextContent(/^Works$/));
});

test("adding one asks for what its kind needs, and sends it", async () => {
  const onSaved = vi.fn();
  const { user } = renderWithProviders(<IntegrationForm id="psa-1" onSaved={onSaved} onCancel={vi.fn()} />, { as });

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

test("a secret says when it was set and is never shown; left empty it is not sent", async () => {
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

test("a secret that was typed is sent and then gone from the form", async () => {
  const bodies = sentBodies();
  const { user, onLeave } = edit();

  await fill(user, /^Client secret/, "n3w");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ secrets: { client_secret: "n3w" } }]);
  expect(await field(/^Client secret/)).toHaveValue("");
});

test("a secret that is not needed can be removed, and kept after all", async () => {
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

test("what the API refuses stands at its field, which gets the focus; what has no field stands below", async () => {
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

test("what somebody else has saved meanwhile is not replaced unseen, but loaded and then changed", async () => {
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

test("a form whose integration is read again in the background still knows which version it shows", async () => {
  const { user, queries } = edit();
  await fill(user, /^Name/, " of mine");
  fake.api.integrations.save("halo", as, { ...HALO, name: "Theirs" });
  await queries.refetchQueries();
  await screen.findByRole("heading", { name: "Theirs" });

  await user.click(screen.getByRole("button", { name: "Save" }));

  await screen.findByRole("button", { name: "Load again" });
  expect(saved()).toMatchObject([{ name: "Theirs" }]);
});

test("deleting asks first, and then it is gone", async () => {
  const { user, onLeave } = edit();
  await user.click(await screen.findByRole("button", { name: "Delete the integration…" }));
  expect(saved()).toHaveLength(1);

  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

  await waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(saved()).toEqual([]);
});

test("the address for webhooks is a whole one, to be copied", async () => {
  edit();

  expect(await screen.findByText(`${window.location.origin}/api/webhooks/acme/halo`)).toBeInTheDocument();
});
