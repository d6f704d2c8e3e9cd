import { expect, uniqueProblem, test } from "./fixtures.ts";
import { TICKET } from "./screen-data.ts";

test("the session shows the facts of its ticket", async ({ visit, api, psa }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Ticket facts"), psa_ticket_id: TICKET });
  await psa.change(TICKET, { status: "In Progress" });
  // The first webhook of a run meets two cold starts.
  const facts = async () => (await api("jane").session(session.id)).ticket;
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

test("a session without a handoff reports the note that its ticket refused, and a retry writes it", async ({ visit, api, psa }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Refused reopening"), psa_ticket_id: TICKET });
  const jane = await visit("jane", `/pilot/${session.id}`);
  await psa.inject({ kind: "403", only_notes: true });
  await api("jane").reopen(await api("jane").resolve(session, "Replaced the cable."), "It is back.");
  const failed = jane.getByRole("region", { name: "Ticket note" });
  await expect(failed).toContainText("Autotask");
  await psa.clear();

  await failed.getByRole("button", { name: "Retry" }).click();

  await expect(failed).toHaveCount(0);
  const notes = async () => (await api("jane").session(session.id)).ticket_notes;
  await expect.poll(notes).toMatchObject({ status: "sent", error: null });
});

test("a ticket that is reopened shows on its resolved session, and Reopen takes both up again", async ({ visit, api, psa }) => {
  test.slow(); // Three webhooks and two notes, each after the other.
  const problem = uniqueProblem("Reopened ticket");
  const number = await psa.open(problem);
  const session = await api("jane").openSession({ problem_summary: problem, psa_ticket_id: number });
  await api("jane").handOff(session);
  await psa.change(number, { status: "Closed" });
  const jane = await visit("jane", `/pilot/${session.id}`);
  await expect(jane.getByText(/This session is resolved/)).toBeVisible({ timeout: 60_000 });

  await psa.change(number, { status: "New" });
  await expect(jane.getByText(/The ticket was reopened/)).toBeVisible({ timeout: 60_000 });
  await jane.getByRole("button", { name: "Reopen" }).click();
  const dialog = jane.getByRole("dialog", { name: "Reopen the session" });
  await dialog.getByLabel(/What came back/).fill("The customer wrote again.");
  await dialog.getByRole("button", { name: "Reopen" }).click();

  await expect(jane.getByLabel("Message to the assistant")).toBeVisible();
  await expect(jane.getByText("The customer wrote again.")).toBeVisible();
  await expect.poll(() => psa.status(number), { timeout: 60_000 }).toBe("In Progress");
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
