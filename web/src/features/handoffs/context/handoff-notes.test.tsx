import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { HandoffNotes } from "./handoff-notes";

const fake = setUpFakeApi();

test("everybody's notes are shown newest first, each with a name and what was done", () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const first = fake.api.handOff(session.id, people.jane, { intent: "escalate", engineer_notes: "I suspect the firmware." });
  fake.api.claim(first.session_id, first.id, people.sam);
  const second = fake.api.handOff(first.session_id, people.sam, { intent: "escalate", engineer_notes: "The tunnel's timer." });
  fake.api.claim(second.session_id, second.id, people.alex);
  fake.api.release(second.session_id, second.id, people.alex, "Needs the network team.");

  renderWithProviders(<HandoffNotes handoff={fake.api.handoffs.get(second.id)!} />, { as: people.sam });

  const notes = within(screen.getByRole("list", { name: "Notes" })).getAllByRole("figure");
  expect(notes.map((note) => note.textContent)).toEqual([
    expect.stringMatching(/^Alex Lindqvist ?returned to the queue.*Needs the network team\./),
    expect.stringMatching(/^Sam Rivera ?passed on.*The tunnel's timer\./),
    expect.stringMatching(/^Jane Cooper ?handed off.*I suspect the firmware\./),
  ]);
});
