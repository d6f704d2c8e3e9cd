import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { keys } from "@/shared/api/keys";
import type { HandoffEvent } from "@/shared/api/types";

import { Refresher } from "./refresher";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Hint = Pick<HandoffEvent, "type" | "session_id">;

const refreshedBy = (...events: Hint[]) => refreshedAfter((refresher) => send(refresher, events));
const send = (refresher: Refresher, events: Hint[]) => events.forEach((event) => refresher.refreshAfter(event as HandoffEvent));

function refreshedAfter(act: (refresher: Refresher) => void) {
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");

  act(new Refresher(queries));
  vi.runAllTimers();

  return invalidate.mock.calls.map(([filters]) => filters?.queryKey);
}

test("an assessment refreshes only what shows it", () => {
  const stale = refreshedBy({ type: "handoff_assessment_ready", session_id: "s" });

  expect(stale).toEqual([keys.handoffs("s"), keys.escalations, keys.notifications]);
});

test("a claim refreshes the session too", () => {
  const stale = refreshedBy({ type: "handoff_claimed", session_id: "s" });

  expect(stale).toContainEqual(keys.session("s"));
  expect(stale).toContainEqual(keys.sessions);
});

test("a hundred events at once refresh the queue once", () => {
  const burst = Array.from({ length: 100 }, (_, index) => ({
    type: "handoff_created" as const,
    session_id: `s${index}`,
  }));

  const stale = refreshedBy(...burst);

  expect(stale.filter((key) => key === keys.escalations)).toHaveLength(1);
});

test("a reconnected page refreshes all state that events name, once", () => {
  const stale = refreshedAfter((refresher) => {
    send(refresher, [{ type: "handoff_claimed", session_id: "s" }]);
    refresher.refreshAll();
  });

  expect(stale.map((key) => key?.join(" ")).sort()).toEqual([
    "escalations",
    "handoffs",
    "notifications",
    "session",
    "sessions",
    "turns",
  ]);
});
