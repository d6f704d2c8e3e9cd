import type { QueryClient } from "@tanstack/react-query";

import { keys } from "./api/keys";
import type { Api } from "./api/client";
import type { HandoffEvent } from "./api/types";
import { screenRefresh, type StateKey } from "./screen-refresh";

export type { StateKey } from "./screen-refresh";

type IntegrationEventType = "integration_failed" | "integration_recovered";

/** Messages to people: no feed has them. */
type MessageType = "page_test" | "readiness_warning" | "shift_taken";

type SessionChangeType =
  | Exclude<HandoffEvent["type"], IntegrationEventType | MessageType>
  | "turn_added"
  | "session_corrected"
  | "session_resolved"
  | "assessment_requested"
  | "request_refused";

type AccountChangeType =
  | "session_opened"
  | "notifications_read"
  | "integration_changed"
  | "channel_changed"
  | "rota_changed"
  | "person_removed"
  | IntegrationEventType;

interface SessionChange {
  type: SessionChangeType;
  session_id: string;
}

interface AccountChange {
  type: AccountChangeType;
  session_id?: null;
}

/** A change of server state, by this page or by somebody else. Every `HandoffEvent` is one. */
export type Change = SessionChange | AccountChange | Pick<HandoffEvent, "type" | "session_id">;

type SessionState = "session" | "turns" | "history" | "handoffs" | "sessions" | "handedOff" | "escalations" | "notifications";

const EVERYTHING: SessionState[] = ["session", "turns", "history", "handoffs", "sessions", "handedOff", "escalations", "notifications"];

/** What shows the assessment of a handoff: its context, its row in the queue, its notification. */
const SHOWS_ASSESSMENT: SessionState[] = ["handoffs", "escalations", "notifications"];

/** The compiler requires an entry for each type of event in the API's contract. */
const STALE_STATE: Record<SessionChangeType, SessionState[]> = {
  handoff_created: EVERYTHING,
  handoff_claimed: EVERYTHING,
  handoff_released: EVERYTHING,
  handoff_claim_undone: EVERYTHING,
  handoff_withdrawn: EVERYTHING,
  handoff_passed_on: EVERYTHING,
  handoff_resolved: EVERYTHING,
  handoff_overdue: ["history", "handoffs", "escalations", "notifications"],
  handoff_idle: ["handoffs", "notifications"],
  handoff_returned: EVERYTHING,
  handoff_directed: ["history", "handoffs", "escalations", "notifications"],
  handoff_declined: ["turns", "history", "handoffs", "escalations", "notifications"],
  handoff_opened: ["history", "handoffs", "escalations", "notifications"],
  handoff_kept: ["handoffs"],
  handoff_waiting: ["handoffs"],
  handoff_corrected: ["session", "turns", "handoffs", "sessions", "escalations", "notifications"],
  handoff_reopened: ["handoffs"],
  handoff_ticket_updated: ["session", "turns", "handoffs", "sessions", "escalations", "notifications"],
  handoff_priority_changed: ["handoffs", "escalations", "notifications"],
  handoff_assessment_ready: SHOWS_ASSESSMENT,
  handoff_assessment_unavailable: SHOWS_ASSESSMENT,
  assessment_requested: SHOWS_ASSESSMENT,
  ticket_note_sent: ["session", "handoffs"],
  ticket_note_failed: ["session", "handoffs"],
  ticket_note_retried: ["session", "handoffs"],
  session_note_added: ["turns", "handoffs", "notifications"],
  session_reopened: EVERYTHING,
  ticket_reopened: EVERYTHING,
  session_corrected: ["session", "turns", "handoffs", "sessions", "escalations"],
  turn_added: ["session", "turns", "handoffs", "sessions"],
  session_resolved: EVERYTHING,
  request_refused: EVERYTHING,
};

const STALE_KEYS: Record<AccountChangeType, StateKey[]> = {
  session_opened: [keys.sessions],
  notifications_read: [keys.notifications],
  channel_changed: [keys.webhooks, keys.channels],
  rota_changed: [keys.rotas, keys.onCall],
  person_removed: [keys.engineers, keys.onCall, keys.rotas, keys.readiness],
  integration_changed: [keys.integrations, keys.ticketSystems],
  integration_failed: [keys.integrations, keys.notifications],
  integration_recovered: [keys.integrations, keys.notifications],
};

/** Returns the keys of what a change makes stale. An event of a type unknown to this page makes everything stale. */
export function staleKeysOf(change: Change): StateKey[] {
  const { type, session_id: sessionId } = change;
  if (!sessionId) {
    const ofAccount: Partial<Record<string, StateKey[]>> = STALE_KEYS;
    return ofAccount[type] ?? [...KEYS_OF_ALL_EVENTS];
  }
  const ofSession: Partial<Record<string, SessionState[]>> = STALE_STATE;
  return (ofSession[type] ?? EVERYTHING).map((state) => keyOf(state, sessionId));
}

/** What may be stale after a time without events: all state that an event can name, of every session. */
export const KEYS_OF_ALL_EVENTS: readonly StateKey[] = EVERYTHING.map((state) => [keyOf(state, "")[0] ?? state]);

function keyOf(state: SessionState, sessionId: string): StateKey {
  const key = keys[state];
  return typeof key === "function" ? key(sessionId) : key;
}

/**
 * Reads again what a mutation changed, in one request, and waits until that is on the screen. A failed mutation mostly means
 * that the screen shows an old state, so all state of the session is read again.
 */
export async function refreshAfter(api: Api, queries: QueryClient, change: Change, error: Error | null = null): Promise<void> {
  const isRefused = error !== null && change.session_id;
  const stale = staleKeysOf(isRefused ? { type: "request_refused", session_id: isRefused } : change);
  // A session's first handoff brings its history onto the screen.
  const shownSoon = change.type === "handoff_created" && change.session_id ? [keys.history(change.session_id)] : [];
  await screenRefresh(api, queries).refresh(stale, error ? [] : shownSoon);
}

/** Reads a session and what is shown beside it in one request, before it is shown. */
export async function refreshSession(api: Api, queries: QueryClient, sessionId: string): Promise<void> {
  const shown = [keys.session(sessionId), keys.turns(sessionId), keys.handoffs(sessionId), keys.history(sessionId)];
  await screenRefresh(api, queries).refresh([], shown);
}
