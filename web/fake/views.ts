import type { Handoff, HandoffEvent } from "@/shared/api/types";

import type { Stored, InMemoryApi } from "./in-memory-api.ts";
import type { FakePerson } from "./people.ts";

const RANK = { urgent: 0, high: 1, normal: 2, low: 3 };

/** Returns the escalation queue of a person, most urgent first, without their own handoffs. */
export function queueFor(api: InMemoryApi, me: FakePerson): Handoff[] {
  const waits = (one: Stored<Handoff>) =>
    one.accountId === me.accountId && one.status === "unclaimed" && one.intent === "escalate" && one.from.id !== me.id;
  return [...api.handoffs.values()]
    .filter(waits)
    .sort((one, other) => RANK[one.priority] - RANK[other.priority] || one.created_at.localeCompare(other.created_at));
}

/** Returns the events that a person is notified of, newest first. Their own actions are left out. */
export function notificationsFor(api: InMemoryApi, me: FakePerson): HandoffEvent[] {
  const isSenior = ["senior", "admin"].includes(me.role);
  const concerns = ({ type, handoff_id, actor, data }: HandoffEvent) => {
    const handoff = api.handoffs.get(handoff_id)!;
    if (actor?.id === me.id) return false;
    const forSeniors = ["handoff_created", "handoff_released"].includes(type) && data.intent === "escalate";
    const forSender = ["handoff_claimed", "handoff_resolved", "handoff_released"].includes(type);
    const forHolder = type === "handoff_assessment_ready" && handoff.claimed_by?.id === me.id;
    return (isSenior && forSeniors) || (forSender && handoff.from.id === me.id) || forHolder;
  };
  return api.events.filter((event) => event.account_id === me.accountId && concerns(event)).reverse();
}

/** Returns the title of a notification. */
export function titleOf(type: HandoffEvent["type"], handoff: Handoff): string {
  const ticket = handoff.snapshot.psa_ticket_id ? ` · #${handoff.snapshot.psa_ticket_id}` : "";
  const lead = {
    handoff_created: `Escalation from ${handoff.from.name}`,
    handoff_claimed: `Picked up by ${handoff.actor.name}`,
    handoff_released: `Returned to the queue by ${handoff.actor.name}`,
    handoff_withdrawn: `Withdrawn by ${handoff.actor.name}`,
    handoff_passed_on: `Passed on by ${handoff.actor.name}`,
    handoff_resolved: `Resolved by ${handoff.actor.name}`,
    handoff_assessment_ready: "Assessment ready",
    handoff_assessment_unavailable: "Assessment unavailable",
    ticket_note_sent: "Ticket note sent",
    ticket_note_failed: "Ticket note failed",
    ticket_note_retried: `Ticket note asked for again by ${handoff.actor.name}`,
  }[type];
  return `${lead}${ticket}: ${handoff.snapshot.problem_summary.replace(/\s+/g, " ").slice(0, 70)}`;
}
