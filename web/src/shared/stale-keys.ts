import type { QueryClient } from "@tanstack/react-query";

import { keys } from "./api/keys";
import type { HandoffEvent } from "./api/types";

/** The name of some server state in the query cache; it covers every name that begins with it. */
export type StateKey = readonly string[];

type SessionChangeType =
  | HandoffEvent["type"]
  | "turn_added"
  | "session_resolved"
  | "assessment_requested"
  | "request_refused";

type AccountChangeType = "session_opened" | "notifications_read" | "integration_changed";

interface SessionChange {
  type: SessionChangeType;
  session_id: string;
}

/** A change of server state, by this page or by somebody else. Every `HandoffEvent` is one. */
export type Change = SessionChange | { type: AccountChangeType };

type SessionState = "session" | "turns" | "handoffs" | "sessions" | "escalations" | "notifications";

const EVERYTHING: SessionState[] = ["session", "turns", "handoffs", "sessions", "escalations", "notifications"];

/** What shows the assessment of a handoff: its context, its row in the queue, its notification. */
const SHOWS_ASSESSMENT: SessionState[] = ["handoffs", "escalations", "notifications"];

/** The compiler requires an entry for each type of event in the API's contract. */
const STALE_STATE: Record<SessionChangeType, SessionState[]> = {
  handoff_created: EVERYTHING,
  handoff_claimed: EVERYTHING,
  handoff_released: EVERYTHING,
  handoff_withdrawn: EVERYTHING,
  handoff_passed_on: EVERYTHING,
  handoff_resolved: EVERYTHING,
  handoff_assessment_ready: SHOWS_ASSESSMENT,
  handoff_assessment_unavailable: SHOWS_ASSESSMENT,
  assessment_requested: SHOWS_ASSESSMENT,
  ticket_note_sent: ["handoffs"],
  ticket_note_failed: ["handoffs"],
  ticket_note_retried: ["handoffs"],
  turn_added: ["session", "turns", "handoffs", "sessions"],
  session_resolved: EVERYTHING,
  request_refused: EVERYTHING,
};

const STALE_KEYS: Record<AccountChangeType, StateKey[]> = {
  session_opened: [keys.sessions],
  notifications_read: [keys.notifications],
  integration_changed: [keys.integrations, keys.ticketSystems],
};

/** Returns the keys of what a change makes stale. An event of a type unknown to this page makes everything stale. */
export function staleKeysOf(change: Change): StateKey[] {
  if (!("session_id" in change)) return STALE_KEYS[change.type];
  const known: Partial<Record<string, SessionState[]>> = STALE_STATE;
  return (known[change.type] ?? EVERYTHING).map((state) => keyOf(state, change.session_id));
}

/** What may be stale after a time without events: all state that an event can name, of every session. */
export const KEYS_OF_ALL_EVENTS: readonly StateKey[] = EVERYTHING.map((state) => [keyOf(state, "")[0] ?? state]);

function keyOf(state: SessionState, sessionId: string): StateKey {
  const key = keys[state];
  return typeof key === "function" ? key(sessionId) : key;
}

/**
 * Marks as stale what a mutation changed, and waits until the parts on the screen have been read again. A failed
 * mutation mostly means that the screen shows an old state, so all state of the session is read again.
 */
export async function refreshAfter(queries: QueryClient, change: Change, error: Error | null = null): Promise<void> {
  const isRefused = error !== null && "session_id" in change;
  const stale = staleKeysOf(isRefused ? { type: "request_refused", session_id: change.session_id } : change);
  await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
