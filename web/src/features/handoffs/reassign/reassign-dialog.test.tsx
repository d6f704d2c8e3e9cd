import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { ReassignDialog } from "./reassign-dialog";

const fake = setUpFakeApi();

function held() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const { id } = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, id, people.sam);
  return { ...fake.api.handoffs.get(id)! };
}

function open(handoff: ReturnType<typeof held>, as: FakePerson = people.sam) {
  const onReassigned = vi.fn();
  const holder = as.id === people.sam.id ? null : handoff.claimed_by;
  const view = renderWithProviders(
    <ReassignDialog handoff={handoff} holder={holder} opened onClose={() => undefined} onReassigned={onReassigned} />,
    { as },
  );
  return { ...view, onReassigned };
}

async function choose(user: ReturnType<typeof open>["user"], name: string) {
  const option = await screen.findByRole("option", { name });
  await user.selectOptions(screen.getByLabelText(/^To/), option);
}

const stored = (id: string) => fake.api.handoffs.get(id)!;

test("the holder passes the case to somebody, with a note", async () => {
  const handoff = held();
  const { user, onReassigned } = open(handoff);

  await choose(user, "Alex Lindqvist · on call");
  await user.type(screen.getByLabelText("Note for the next person"), "You know their VPN.");
  await user.click(screen.getByRole("button", { name: "Reassign to Alex Lindqvist" }));

  await waitFor(() => expect(onReassigned).toHaveBeenCalledOnce());
  expect(stored(handoff.id)).toMatchObject({ status: "unclaimed", to: { id: people.alex.id }, release_note: "You know their VPN." });
});

test("neither the sender nor the holder can be chosen, and nobody in particular is no choice", async () => {
  open(held());

  await screen.findByRole("option", { name: "Alex Lindqvist · on call" });
  const options = screen.getAllByRole("option").map((option) => option.textContent);
  expect(options).toEqual(["Choose a person", "Alex Lindqvist · on call", "Olga Novak"]);
  expect(screen.getByRole("button", { name: "Reassign" })).toBeDisabled();
});

test("an admin is told whose session it is", async () => {
  const handoff = held();
  const { user, onReassigned } = open(handoff, people.olga);
  expect((await screen.findByText("Sam Rivera")).closest("p")).toHaveTextContent("Sam Rivera holds this session. They lose it");

  await choose(user, "Olga Novak");
  await user.click(screen.getByRole("button", { name: "Reassign to Olga Novak" }));

  await waitFor(() => expect(onReassigned).toHaveBeenCalledOnce());
  expect(stored(handoff.id).actor).toEqual({ id: people.olga.id, name: "Olga Novak" });
});

test("a case that somebody else has claimed meanwhile stays with them, and the note is kept", async () => {
  const handoff = held();
  fake.api.release(handoff.session_id, handoff.id, people.sam, "");
  fake.api.claim(handoff.session_id, handoff.id, people.alex);
  const { user, onReassigned } = open(handoff, people.olga);
  await choose(user, "Olga Novak");
  await user.type(screen.getByLabelText("Note for the next person"), "Keep me");

  await user.click(screen.getByRole("button", { name: "Reassign to Olga Novak" }));

  expect(await screen.findByText("The session changed hands")).toBeInTheDocument();
  expect(screen.getByLabelText("Note for the next person")).toHaveValue("Keep me");
  expect(stored(handoff.id).claimed_by).toMatchObject({ id: people.alex.id });
  expect(onReassigned).not.toHaveBeenCalled();
});

test("a case that the clock took back meanwhile says where it stands", async () => {
  const handoff = held();
  fake.api.release(handoff.session_id, handoff.id, people.sam, "");
  const { user } = open(handoff);
  await choose(user, "Alex Lindqvist · on call");

  await user.click(screen.getByRole("button", { name: "Reassign to Alex Lindqvist" }));

  expect(await screen.findByText("Things have moved on")).toBeInTheDocument();
});

test("a person who can no longer be named is said so", async () => {
  const errors = [{ pointer: "/to", detail: "Name a senior or an admin of your account." }];
  const refusal = { status: 422, code: "invalid_request", title: "invalid", detail: "The request is not valid.", errors };
  fake.server.use(http.post("*/reassign", () => HttpResponse.json(refusal, { status: 422 })));
  const { user, onReassigned } = open(held());
  await choose(user, "Alex Lindqvist · on call");

  await user.click(screen.getByRole("button", { name: "Reassign to Alex Lindqvist" }));

  expect(await screen.findByText(/Name a senior or an admin of your account/)).toBeInTheDocument();
  expect(onReassigned).not.toHaveBeenCalled();
});
