import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Confirmation } from "@/shared/ui/confirmation";

import { PeoplePage } from "./people-page";
import { PersonPage } from "./person-page";

const fake = setUpFakeApi();

function visit(as: FakePerson) {
  return renderWithProviders(
    <>
      <Routes>
        <Route path="/people" element={<PeoplePage />} />
        <Route path="/people/:id" element={<PersonPage />} />
      </Routes>
      <Confirmation />
    </>,
    { as, at: "/people" },
  );
}

const removeButton = (name: string) => screen.findByRole("button", { name: `Remove ${name}…` });

async function open(name = "Sam Rivera") {
  const { user } = visit(people.olga);
  await user.click(await removeButton(name));
  return { user, dialog: await screen.findByRole("dialog", { name: "Remove a person" }) };
}

function heldBySam(summary: string): void {
  const session = fake.api.openSession(people.jane, { problem_summary: summary });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
}

test("an admin removes a person, who then is in the list no more", async () => {
  const { user, dialog } = await open();

  expect(dialog).toHaveTextContent("Sam Rivera gets no more messages and cannot be chosen any more.");
  expect(dialog).toHaveTextContent("This does not lock them out. Disable their account at your identity provider.");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));

  await waitFor(() => expect(screen.queryByRole("article", { name: "Sam Rivera" })).toBeNull());
  expect(screen.getByRole("status", { name: "Confirmation" })).toHaveTextContent("Sam Rivera is removed.");
  expect(screen.getByRole("article", { name: "Alex Lindqvist" })).toBeInTheDocument();
  expect([...fake.api.removed]).toEqual([people.sam.id]);
});

test("the dialog says how many cases they hold, and leads to them", async () => {
  heldBySam("VPN drops at the Ghent branch");
  fake.api.openSession(people.sam, { problem_summary: "Scanner sends no mail" });
  const { user, dialog } = await open();

  await waitFor(() => expect(dialog).toHaveTextContent("They hold 2 live cases. This takes nothing from them: return it to the queue, or reassign it."));
  await user.click(within(dialog).getByRole("link", { name: "Show what they hold" }));

  expect(await screen.findByRole("article", { name: /VPN drops/ })).toBeInTheDocument();
  expect(screen.getByTestId("address")).toHaveTextContent(`/people/${people.sam.id}`);
  expect(fake.api.removed.size).toBe(0);
});

test("what they hold can be reached once they are in no list any more", async () => {
  heldBySam("VPN drops at the Ghent branch");
  const { user, dialog } = await open();
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(screen.queryByRole("article", { name: "Sam Rivera" })).toBeNull());

  await user.click(await screen.findByRole("button", { name: "Show what they hold" }));

  const row = await screen.findByRole("article", { name: /VPN drops/ });
  expect(await within(row).findByRole("button", { name: /^Manage/ })).toBeInTheDocument();
});

test("what others hold of their cases is not counted", async () => {
  const session = fake.api.openSession(people.joe, { problem_summary: "Badge reader beeps" });
  const handoff = fake.api.handOff(session.id, people.joe, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);

  const { dialog } = await open("Joe Park");

  await waitFor(() => expect(dialog).toHaveTextContent("They hold no case."));
});

test("a person with more cases than one page tells holds at least those", async () => {
  for (let number = 0; number < 26; number += 1) fake.api.openSession(people.sam, { problem_summary: `Case ${number}` });

  const { dialog } = await open();

  await waitFor(() => expect(dialog).toHaveTextContent("They hold at least 25 live cases."));
});

test("cases that cannot be counted do not keep anybody from removing", async () => {
  fake.server.use(http.get("*/api/sessions", () => HttpResponse.json({ code: "internal_error", status: 500 }, { status: 500 })));
  const { user, dialog } = await open();

  await waitFor(() => expect(dialog).toHaveTextContent("This takes no case from them"), { timeout: 5_000 });
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));

  await waitFor(() => expect(fake.api.removed.has(people.sam.id)).toBe(true));
});

test("a refusal is shown in the dialog, and is gone when it is opened again", async () => {
  const refusal = { code: "unavailable", status: 503, detail: "The directory keeps changing. Try again." };
  fake.server.use(http.delete("*/api/engineers/*", () => HttpResponse.json(refusal, { status: 503 })));
  const { user, dialog } = await open();
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));

  expect(await within(dialog).findByText("FlowPilot is busy")).toBeInTheDocument();
  expect(screen.getByRole("status", { name: "Confirmation" })).toBeEmptyDOMElement();
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(await removeButton("Sam Rivera"));

  expect(await screen.findByRole("dialog", { name: "Remove a person" })).not.toHaveTextContent("FlowPilot is busy");
  expect(screen.getByRole("article", { name: "Sam Rivera", hidden: true })).toBeInTheDocument();
});

test("nobody removes themselves", async () => {
  visit(people.olga);

  await removeButton("Sam Rivera");

  expect(screen.queryByRole("button", { name: "Remove Olga Novak…" })).toBeNull();
});

test("who is no admin removes nobody", async () => {
  visit(people.alex);

  await screen.findByRole("article", { name: "Sam Rivera" });

  expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
});

test("the dialog has no fault that axe finds", async () => {
  const { dialog } = await open();
  await waitFor(() => expect(dialog).toHaveTextContent("They hold no case."));

  const { violations } = await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } });

  expect(violations.map(({ id }) => id)).toEqual([]);
});
