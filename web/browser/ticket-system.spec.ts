import { expect, uniqueProblem, test } from "./fixtures.ts";
import { TICKET } from "./screen-data.ts";

test("the session shows the facts of its ticket", async ({ visit, api, psa }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Ticket facts"), psa_ticket_id: TICKET });
  await psa.change(TICKET, { status: "In Progress" });
  // The first webhook of a run meets two cold starts.
  const facts = async () => (await api("jane").session(session.id)).psa_ticket;
  await expect.poll(facts, { timeout: 60_000 }).not.toBeNull();
  await api("jane").settled(await api("jane").handOff(session));

  const jane = await visit("jane", `/pilot/${session.id}`);

  const ticket = jane.getByRole("region", { name: `Ticket #${TICKET}` });
  await expect(ticket.getByText("Status")).toBeVisible();
  await expect(ticket.getByText(/site-to-site tunnel/)).toBeVisible();
  await expect(ticket.getByText("Ticket note written")).toBeVisible();
});

test("a note that the ticket system refuses is reported, and a retry writes it", async ({ visit, api, psa }) => {
  await psa.inject({ kind: "403", only_notes: true });
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Refused note"), psa_ticket_id: TICKET });
  const jane = await visit("jane", `/pilot/${session.id}`);
  const handoff = await api("jane").handOff(session);
  const failed = jane.getByRole("region", { name: "Ticket note" });
  await expect(failed).toContainText("Autotask");
  await psa.clear();

  await failed.getByRole("button", { name: "Retry" }).click();

  await expect(failed).toHaveCount(0);
  expect((await api("jane").settled(handoff)).ticket_notes).toMatchObject({ status: "sent", error: null });
});

test("an admin adds a ticket system, corrects it, tests its connection and deletes it", async ({ visit, psa }) => {
  const name = uniqueProblem("Halo");
  const olga = await visit("olga");
  await olga.getByRole("link", { name: "Integrations" }).click();
  await olga.getByRole("link", { name: "Add" }).click();

  await test.step("a field error is shown at its field", async () => {
    await olga.getByRole("radio", { name: "HaloPSA" }).check();
    await olga.getByLabel(/^Name/).fill(name);
    await olga.getByLabel(/^Address of its API/).fill("https://halo.internal");
    await olga.getByLabel(/^Client ID/).fill("nobody");
    await olga.getByLabel(/^Client secret/).fill("not-the-secret");
    await olga.getByRole("button", { name: "Add" }).click();
    await expect(olga.getByLabel(/^Address of its API/)).toBeFocused();
    await expect(olga.getByText(/halo.internal is not public/)).toBeVisible();
  });

  await test.step("the integration is added, and its connection test fails with a reason", async () => {
    await olga.getByLabel(/^Address of its API/).fill(psa.address("halopsa"));
    await olga.getByRole("button", { name: "Add" }).click();
    await expect(olga.getByRole("heading", { name })).toBeVisible();
    await olga.getByRole("button", { name: `Test connection: ${name}` }).click();
    await expect(olga.getByText("Does not work")).toBeVisible();
  });

  await test.step("the secret is not returned", async () => {
    await expect(olga.getByLabel(/^Client secret/)).toHaveValue("");
    await expect(olga.getByText(/^Set/).first()).toContainText("just now");
    expect(await olga.content()).not.toContain("not-the-secret");
  });

  await test.step("the integration is deleted", async () => {
    await olga.getByRole("button", { name: "Delete the integration…" }).click();
    await olga.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(olga.getByRole("heading", { name: "Integrations" })).toBeVisible();
    await expect(olga.getByText(name)).toHaveCount(0);
  });
});
