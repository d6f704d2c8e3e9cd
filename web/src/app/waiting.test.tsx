import { screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(as: FakePerson, intent: "escalate" | "park" = "escalate") {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent });
  fake.api.claim(session.id, handoff.id, people.sam);
  return { ...show(as, session.id), handoff };
}

function show(as: FakePerson, sessionId: string) {
  const routes = (
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>
  );
  return renderWithProviders(routes, { as, at: `/pilot/${sessionId}` });
}

test("who holds a case says what they wait for before they are asked", async () => {
  const { user, handoff } = visit(people.sam);

  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Waiting until…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Waiting until…" }));
  await user.type(dialog.getByLabelText(/What you wait for/), "A new line card");
  await user.click(dialog.getByRole("button", { name: "Wait" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(await screen.findByText("A new line card")).toBeInTheDocument();
  expect(fake.api.handoffs.get(handoff.id)?.waiting?.reason).toBe("A new line card");
});

test("what one waits for is there again after a lost sign-in, until it is saved", async () => {
  const before = visit(people.sam);
  const open = async ({ user }: Pick<typeof before, "user">) => {
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Waiting until…" }));
    return screen.findByLabelText(/What you wait for/);
  };
  await before.user.type(await open(before), "A new line card");
  leaveByReload(before);

  const again = show(people.sam, before.handoff.session_id);
  expect(await open(again)).toHaveValue("A new line card");
  await again.user.click(screen.getByRole("button", { name: "Wait" }));

  await waitFor(() => expect(fake.api.handoffs.get(before.handoff.id)?.waiting?.reason).toBe("A new line card"));
  await waitFor(() => expect(JSON.stringify(Object.values(localStorage))).not.toContain("line card"));
});

test("who resumed a parked case, of which the clock asks nothing, is offered no waiting", async () => {
  const { user } = visit(people.sam, "park");

  await user.click(await screen.findByRole("button", { name: "More actions" }));

  expect(await screen.findByRole("menuitem", { name: "Edit session…" })).toBeInTheDocument();
  expect(screen.queryByRole("menuitem", { name: "Waiting until…" })).not.toBeInTheDocument();
});
