import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { tokenFor } from "@fake/tokens";

import { createApi } from "./api/client";
import { keys } from "./api/keys";
import { KEYS_OF_ALL_EVENTS, refreshAfter, staleKeysOf, type Change, type StateKey } from "./stale-keys";

const api = createApi("/api", { token: () => tokenFor(people.sam), renew: () => Promise.resolve(false) });
const CASE = [keys.session("s"), keys.turns("s"), keys.handoffs("s")];
const HISTORY = keys.history("s");
const LISTS = [keys.sessions, keys.handedOff, keys.escalations, keys.notifications];

const sorted = (stale: readonly (StateKey | undefined)[]) => stale.map((key) => key?.join(" ")).sort();

test.each([
  "handoff_created",
  "handoff_claimed",
  "handoff_released",
  "handoff_claim_undone",
  "handoff_withdrawn",
  "handoff_passed_on",
  "handoff_resolved",
  "session_resolved",
] as const)("%s makes the session, its handoffs and every list stale", (type) => {
  expect(sorted(staleKeysOf({ type, session_id: "s" }))).toEqual(sorted([...CASE, HISTORY, ...LISTS]));
});

test.each(["handoff_assessment_ready", "handoff_assessment_unavailable", "assessment_requested"] as const)(
  "%s makes stale only what shows an assessment",
  (type) => {
    const shown = [keys.handoffs("s"), keys.escalations, keys.notifications];

    expect(sorted(staleKeysOf({ type, session_id: "s" }))).toEqual(sorted(shown));
  },
);

test.each(["ticket_note_sent", "ticket_note_failed", "ticket_note_retried"] as const)(
  "%s makes only the session and its handoffs stale",
  (type) => {
    expect(staleKeysOf({ type, session_id: "s" })).toEqual([keys.session("s"), keys.handoffs("s")]);
  },
);

test.each([
  "handoff_overdue",
  "handoff_directed",
  "handoff_declined",
  "handoff_opened",
] as const)("%s makes the history stale, from which the session shows it", (type) => {
  expect(staleKeysOf({ type, session_id: "s" })).toContainEqual(HISTORY);
});

test("news of the ticket make the turns stale, one of which tells them", () => {
  expect(staleKeysOf({ type: "handoff_ticket_updated", session_id: "s" })).toContainEqual(keys.turns("s"));
});

test("an added turn makes the session stale, and no list of other people's work", () => {
  expect(sorted(staleKeysOf({ type: "turn_added", session_id: "s" }))).toEqual(sorted([...CASE, keys.sessions]));
});

test("a change of an integration makes the choice of ticket systems stale too", () => {
  expect(staleKeysOf({ type: "integration_changed" })).toEqual([keys.integrations, keys.ticketSystems]);
});

test.each(["integration_failed", "integration_recovered"] as const)("%s makes integrations and notifications stale", (type) => {
  expect(staleKeysOf({ type, session_id: null })).toEqual([keys.integrations, keys.notifications]);
});

test("an event of an unknown type makes everything of its session stale", () => {
  const newer = { type: "handoff_teleported", session_id: "s" } as unknown as Change;

  expect(sorted(staleKeysOf(newer))).toEqual(sorted([...CASE, HISTORY, ...LISTS]));
});

test("the keys of all events cover every key that an event can name", () => {
  const named = [...CASE, HISTORY, ...LISTS];

  const uncovered = named.filter((key) => !KEYS_OF_ALL_EVENTS.some((prefix) => prefix.every((part, at) => key[at] === part)));

  expect(uncovered).toEqual([]);
  expect(KEYS_OF_ALL_EVENTS).toHaveLength(named.length);
});

test("a refused request refreshes everything of its session", async () => {
  const queries = new QueryClient();
  const named = [...CASE, HISTORY, ...LISTS];
  named.forEach((key) => queries.setQueryData(key, {}));

  await refreshAfter(api, queries, { type: "ticket_note_retried", session_id: "s" }, new Error("refused"));

  expect(named.filter((key) => !queries.getQueryState(key)?.isInvalidated)).toEqual([]);
});
