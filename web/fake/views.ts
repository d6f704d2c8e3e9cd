import type { Handoff, HandoffEvent, Notification, Session, SessionItem, TicketSession } from "@/shared/api/types";

import type { Stored, InMemoryApi } from "./in-memory-api.ts";
import type { FakePerson } from "./people.ts";

const RANK = { urgent: 0, high: 1, normal: 2, low: 3 };

/** Returns all escalations of a person's account that wait, most urgent first. */
export function waitingFor(api: InMemoryApi, me: FakePerson): Handoff[] {
  const waits = (one: Stored<Handoff>) => one.accountId === me.accountId && one.status === "unclaimed" && one.intent === "escalate";
  return [...api.handoffs.values()]
    .filter(waits)
    .sort((one, other) => RANK[one.priority] - RANK[other.priority] || one.created_at.localeCompare(other.created_at));
}

/** Returns the live sessions of a ticket, also those of colleagues. */
export function sessionsOfTicket(api: InMemoryApi, ticket: string, me: FakePerson): TicketSession[] {
  return [...api.sessions.values()]
    .filter((one) => one.accountId === me.accountId && one.psa_ticket_id === ticket && one.status !== "resolved")
    .map(({ id, owner, holder, status, created_at: since }) => ({ id, owner, holder, status, since }));
}

/** Returns a session as a line of a list. */
export function lineOf(api: InMemoryApi, session: Session): SessionItem {
  const newest = [...api.handoffs.values()].filter((one) => one.session_id === session.id).at(-1);
  const waits = newest?.status === "unclaimed";
  const isHeld = newest?.status === "claimed";
  return {
    ...session,
    client: null,
    from: newest?.from ?? null,
    waiting_since: waits ? newest.created_at : null,
    held_since: isHeld ? newest.claimed_at : null,
    asked_at: isHeld ? newest.asked_at : null,
    opened_by: waits ? api.reading.openedBy(newest.id) : [],
  };
}

/** Returns the sessions that a person handed off, the last hand off first. */
export function handedOffBy(api: InMemoryApi, me: FakePerson): SessionItem[] {
  const sent = [...api.handoffs.values()].filter((one) => one.accountId === me.accountId && one.from.id === me.id).reverse();
  return [...new Set(sent.map((one) => one.session_id))].map((id) => lineOf(api, api.sessions.get(id)!));
}

const SETTLED_BY_STATE = ["handoff_created", "handoff_released", "handoff_claim_undone"];

/** Returns a person's notifications, one for each handoff, or session without one; the last changed first. */
export function notificationsOf(api: InMemoryApi, me: FakePerson): Notification[] {
  const folded = new Map<string, Notification>();
  for (const event of notificationsFor(api, me)) {
    const id = event.handoff_id ?? event.session_id ?? event.id;
    const known = folded.get(id);
    folded.set(id, known ? { ...known, created_at: event.occurred_at } : notificationOf(api, me, id, event));
  }
  return [...folded.values()];
}

function notificationOf(api: InMemoryApi, me: FakePerson, id: string, event: HandoffEvent): Notification {
  const handoff = api.handoffs.get(event.handoff_id ?? "");
  const isCall = SETTLED_BY_STATE.includes(event.type) && handoff?.status !== "unclaimed";
  const { type, session_id, handoff_id, occurred_at } = event;
  return {
    id,
    title: event.title ?? "",
    type,
    session_id,
    handoff_id,
    integration_id: typeof event.data.integration_id === "string" ? event.data.integration_id : null,
    state: handoff?.status ?? null,
    priority: handoff?.priority ?? null,
    client: null,
    created_at: occurred_at,
    updated_at: occurred_at,
    read: occurred_at <= (api.readUpTo.get(me.id) ?? "") || api.reading.isRead(id, me, occurred_at),
    settled: isCall || type === "handoff_assessment_ready",
  };
}

/** Returns the events that a person is notified of, newest first. Their own actions are left out. */
function notificationsFor(api: InMemoryApi, me: FakePerson): HandoffEvent[] {
  const isSenior = ["senior", "admin"].includes(me.role);
  const concerns = ({ type, handoff_id, session_id, actor, data }: HandoffEvent) => {
    if (session_id === null) return me.role === "admin";
    if (actor?.id === me.id) return false;
    const session = api.sessions.get(session_id)!;
    if (handoff_id === null) return isReadable(session, me);
    const handoff = api.handoffs.get(handoff_id)!;
    const forSeniors = ["handoff_created", "handoff_released", "handoff_claim_undone"].includes(type) && data.intent === "escalate";
    const forSender = ["handoff_claimed", "handoff_claim_undone", "handoff_passed_on", "handoff_resolved", "handoff_released"].includes(type);
    const forHolder = type === "handoff_assessment_ready" && handoff.claimed_by?.id === me.id;
    const isSender = [handoff.from.id, session.owner.id].includes(me.id);
    return (isSenior && forSeniors) || (forSender && isSender) || forHolder;
  };
  return api.events.filter((event) => event.account_id === me.accountId && concerns(event)).reverse();
}

/** Returns the title of a notification. */
export function titleOf(type: Exclude<HandoffEvent["type"], "session_note_added">, handoff: Handoff): string {
  const ticket = handoff.snapshot.psa_ticket_id ? ` · #${handoff.snapshot.psa_ticket_id}` : "";
  const lead = {
    handoff_created: `Escalation from ${handoff.from.name}`,
    handoff_claimed: `Picked up by ${handoff.actor.name}`,
    handoff_released: `Returned to the queue by ${handoff.actor.name}`,
    handoff_claim_undone: `Pickup undone by ${handoff.actor.name}`,
    handoff_withdrawn: `Withdrawn by ${handoff.actor.name}`,
    handoff_passed_on: `Passed on by ${handoff.actor.name}`,
    handoff_resolved: `Resolved by ${handoff.actor.name}`,
    handoff_overdue: "Overdue",
    handoff_idle: "Still on it?",
    handoff_returned: "Back in the queue",
    handoff_directed: `Directed to ${handoff.to?.name ?? "nobody"} by ${handoff.actor.name}`,
    handoff_declined: `Declined by ${handoff.actor.name}`,
    session_resolved: `Resolved by ${handoff.actor.name}`,
    session_corrected: `Ticket corrected by ${handoff.actor.name}`,
    session_reopened: `Reopened by ${handoff.actor.name}`,
    handoff_reopened: `Reopened by ${handoff.actor.name}`,
    ticket_reopened: "Ticket reopened",
    handoff_opened: "Open to all seniors",
    handoff_kept: `${handoff.actor.name} is still on it`,
    handoff_waiting: `${handoff.actor.name} waits`,
    handoff_corrected: `Corrected by ${handoff.actor.name}`,
    handoff_priority_changed: `Priority changed by ${handoff.actor.name}`,
    handoff_ticket_updated: "Ticket updated",
    handoff_assessment_ready: "Assessment ready",
    handoff_assessment_unavailable: "Assessment unavailable",
    ticket_note_sent: "Ticket note sent",
    ticket_note_failed: "Ticket note failed",
    ticket_note_retried: `Ticket note asked for again by ${handoff.actor.name}`,
    integration_failed: "An integration fails",
    integration_recovered: "An integration works again",
    page_test: "Test message from FlowPilot",
    readiness_warning: "Escalations will reach nobody",
    shift_taken: `${handoff.actor.name} has taken your shift on call`,
  }[type];
  return `${lead}${ticket}: ${handoff.snapshot.problem_summary.replace(/\s+/g, " ").slice(0, 70)}`;
}

/** Whether a person may read the session and its turns. */
export const isReadable = (session: Stored<Session>, me: FakePerson) =>
  session.accountId === me.accountId && (session.owner.id === me.id || session.holder?.id === me.id);
