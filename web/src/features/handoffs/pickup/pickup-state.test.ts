import { expect, test } from "vitest";

import { InMemoryApi } from "@fake/in-memory-api";
import { people } from "@fake/people";
import type { Me } from "@/shared/api/types";

import { pickupStateOf } from "./pickup-state";

const me = (who: keyof typeof people): Me => ({ ...people[who], account_id: "acme", skills: [], availability: {} });

function escalated(intent: "escalate" | "park" = "escalate", to: string | null = null) {
  const api = new InMemoryApi();
  const session = api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = api.handOff(session.id, people.jane, { intent, to });
  const seenBy = (who: keyof typeof people) => pickupStateOf(api.handoffsOf(session.id, people[who]), me(who), Date.parse(api.now())).kind;
  return { api, session, handoff, seenBy };
}

test("an escalation is offered to seniors and admins, but not to its sender", () => {
  const { seenBy } = escalated();

  expect([seenBy("sam"), seenBy("olga"), seenBy("joe"), seenBy("vic"), seenBy("jane")]).toEqual([
    "offer",
    "offer",
    "role",
    "role",
    "own",
  ]);
});

test("a parked session is offered to engineers, including its sender", () => {
  const { seenBy } = escalated("park");

  expect([seenBy("jane"), seenBy("joe"), seenBy("vic")]).toEqual(["offer", "offer", "role"]);
});

test("a claimed handoff is the claimer's, and taken for all others", () => {
  const { api, session, handoff, seenBy } = escalated();

  api.claim(session.id, handoff.id, people.sam);

  expect([seenBy("sam"), seenBy("alex")]).toEqual(["mine", "taken"]);
});

test("a withdrawn handoff is closed", () => {
  const { api, session, handoff, seenBy } = escalated();

  api.withdraw(session.id, handoff.id, people.jane);

  expect(seenBy("sam")).toBe("closed");
});

test("a released handoff is offered again", () => {
  const { api, session, handoff, seenBy } = escalated();
  api.claim(session.id, handoff.id, people.sam);

  api.release(session.id, handoff.id, people.sam, "not mine");

  expect(seenBy("alex")).toBe("offer");
});

test("a session that was never handed off has nothing to pick up", () => {
  expect(pickupStateOf([], me("sam"), 0).kind).toBe("nothing");
});

test("a directed escalation is offered to its person alone until its time is over", () => {
  const { api, session, handoff, seenBy } = escalated("escalate", people.sam.id);

  expect([seenBy("sam"), seenBy("alex"), seenBy("olga"), seenBy("jane")]).toEqual(["offer", "directed", "directed", "own"]);
  const over = Date.parse(handoff.directed_until!);
  expect(pickupStateOf(api.handoffsOf(session.id, people.alex), me("alex"), over).kind).toBe("offer");
});
