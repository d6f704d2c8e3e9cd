import { expect, test } from "vitest";

import { people } from "@fake/people";
import type { HandoffEvent } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";

import { type Entry, woven } from "./woven";

const fake = setUpFakeApi();

/** A time that no two changes share. */
function later(): void {
  fake.api.shiftMs += 60_000;
}

function told(entries: Entry[]): string[] {
  return entries.map((entry) => {
    if ("words" in entry) return `${entry.change.actor?.name ?? ""} ${entry.words}`;
    return entry.turn.kind === "step" ? entry.turn.action : entry.turn.text;
  });
}

const timelineOf = (sessionId: string) =>
  told(woven(fake.api.turnsOf(sessionId, people.jane), fake.api.historyOf(sessionId, people.jane)));

test("every change of hands is a line among the turns, before what was written with it", () => {
  const { api } = fake;
  const session = api.openSession(people.jane, { problem_summary: "VPN drops" });
  api.say(session.id, people.jane, "All 14 people lose it.", 1);
  later();
  const first = api.handOff(session.id, people.jane, { intent: "escalate", engineer_notes: "Out of ideas." });
  later();
  api.claim(session.id, first.id, people.sam);
  later();
  const second = api.handOff(session.id, people.sam, { intent: "escalate", engineer_notes: "The tunnel's timer." });
  later();
  api.withdraw(session.id, second.id, people.jane);

  expect(timelineOf(session.id)).toEqual([
    "All 14 people lose it.",
    "Jane Cooper escalated",
    "Out of ideas.",
    "Sam Rivera picked up",
    "Sam Rivera passed on",
    "The tunnel's timer.",
    "Jane Cooper took back",
  ]);
});

test("a session that was parked is parked and resumed", () => {
  const { api } = fake;
  const session = api.openSession(people.jane, { problem_summary: "Scanner sends no mail" });
  const parked = api.handOff(session.id, people.jane, { intent: "park" });
  later();
  api.claim(session.id, parked.id, people.joe);

  expect(timelineOf(session.id)).toEqual(["Jane Cooper parked", "Joe Park resumed"]);
});

/** Returns what the timeline says of events, each a minute after the one before it, or at a minute of its own. */
function saidOf(...events: { type: HandoffEvent["type"]; by?: string; data?: HandoffEvent["data"]; minute?: number }[]): string[] {
  const history = events.map(({ type, by, data = {}, minute }, index) => ({
    id: `${index}`,
    type,
    occurred_at: `2026-11-02T09:${String(minute ?? index).padStart(2, "0")}:00.000Z`,
    actor: by ? { id: by, name: by } : null,
    data: { intent: "escalate", ...data },
  }));
  return told(woven([], history as unknown as HandoffEvent[]));
}

test("undone pickups, declined and directed escalations, and what the clock returns or opens are lines", () => {
  const sam = { id: "Sam", name: "Sam" };

  const said = saidOf(
    { type: "handoff_created", by: "Jane", minute: 0 },
    { type: "handoff_directed", by: "Jane", data: { to: sam }, minute: 0 },
    { type: "handoff_declined", by: "Sam" },
    { type: "handoff_opened", by: "Sam", data: { because: "declined" }, minute: 2 },
    { type: "handoff_claimed", by: "Alex" },
    { type: "handoff_claim_undone", by: "Alex" },
    { type: "handoff_opened", by: "FlowPilot", data: { because: "time" } },
    { type: "handoff_returned", by: "FlowPilot" },
  );

  expect(said).toEqual([
    "Jane escalated",
    "Jane directed to Sam",
    "Sam declined",
    "Alex picked up",
    "Alex undid the pickup",
    "FlowPilot opened to all seniors",
    "FlowPilot returned to the queue",
  ]);
});

test("a reassignment is one line", () => {
  const said = saidOf(
    { type: "handoff_released", by: "Olga", minute: 5 },
    { type: "handoff_directed", by: "Olga", data: { to: { id: "Alex", name: "Alex" } }, minute: 5 },
  );

  expect(said).toEqual(["Olga directed to Alex"]);
});
