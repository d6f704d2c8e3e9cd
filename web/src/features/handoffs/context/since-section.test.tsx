import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { ContextBody } from "./context-body";

const fake = setUpFakeApi();

test("the steps of somebody who returned the case stand before what was handed over", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  fake.api.addStep(session.id, people.jane, { action: "Swapped the cable", result: "no_effect", evidence: "observed", epoch: 1 });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
  const { epoch } = fake.api.sessions.get(session.id)!;
  fake.api.addStep(session.id, people.sam, { action: "Rolled back 7.4.3", result: "narrowed", evidence: "observed", epoch });
  fake.api.release(session.id, handoff.id, people.sam, "");

  renderWithProviders(<ContextBody handoff={fake.api.handoffs.get(handoff.id)!} titleId="title" mayAskAgain={false} />, {
    as: people.alex,
  });

  const regions = (await screen.findAllByRole("region")).map((region) => region.getAttribute("aria-labelledby"));
  expect(regions.indexOf("since")).toBeLessThan(regions.indexOf("tried"));
  expect(within(screen.getByRole("region", { name: "Since the hand off" })).getByRole("listitem")).toHaveTextContent(
    /^2Rolled back 7.4.3Narrowed it down$/,
  );
});
