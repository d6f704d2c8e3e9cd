import { screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { useSessionCommands } from "./session-commands";
import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

/** What the command palette offers of the session. */
function Commands() {
  return useSessionCommands().map(({ id, label, run }) => (
    <button key={id} onClick={run}>
      {label}
    </button>
  ));
}

test("a command opens its dialog in place of what is open", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
  const page = (
    <>
      <Routes>
        <Route path="/pilot/:id" element={<SessionPage />} />
      </Routes>
      <Commands />
    </>
  );
  const { user } = renderWithProviders(page, { as: people.sam, at: `/pilot/${session.id}` });
  await user.click(await screen.findByRole("button", { name: "Context" }));
  await screen.findByRole("button", { name: "Close context" });

  await user.click(screen.getByRole("button", { name: "Resolve the session" }));

  expect(await screen.findByRole("dialog", { name: "Resolve the session" })).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole("button", { name: "Close context" })).toBeNull());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
