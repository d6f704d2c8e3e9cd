import type { Handoff, Priority, Reassignment, Receipt, Reopening, Session, Turn } from "@/shared/api/types";

import type { InMemoryApi, Stored } from "./in-memory-api.ts";
import { nameOf, receiptOf } from "./new-records.ts";
import { type FakePerson, personById } from "./people.ts";
import { Refusal, staleRefusal, stateRefusal } from "./refusal.ts";

/** Returns why a person who was shown `epoch` does not win the handoff, or null. What they hold already is no refusal. */
export function refusedClaim(handoff: Handoff, me: FakePerson, epoch: number | null): Refusal | null {
  const isClaimed = handoff.status === "claimed";
  const isMine = isClaimed && handoff.claimed_by?.id === me.id;
  const isStale = epoch !== null && epoch !== handoff.claim_epoch - (isClaimed ? 1 : 0);
  if (isMine) return isStale ? staleRefusal(handoff.claim_epoch) : null;
  if (handoff.intent === "escalate" && handoff.from.id === me.id) {
    return new Refusal(403, "own_handoff", "You handed this session off; another senior has to pick it up.");
  }
  if (handoff.intent === "escalate" && !["senior", "admin"].includes(me.role)) {
    return new Refusal(403, "forbidden", `This needs the role senior or higher; yours is ${me.role}.`);
  }
  if (isClaimed) {
    const { claimed_by, claimed_at } = handoff;
    const detail = `${claimed_by?.name ?? ""} has already picked this up.`;
    return new Refusal(409, "already_claimed", detail, { claimed_by, claimed_at });
  }
  if (handoff.status !== "unclaimed") return stateRefusal(handoff.status);
  if (handoff.to && handoff.to.id !== me.id) {
    const { to, directed_until } = handoff;
    return new Refusal(409, "directed_elsewhere", `This is directed to ${to.name}.`, { to, directed_until });
  }
  return isStale ? staleRefusal(handoff.claim_epoch) : null;
}

/** Throws unless a person who was shown `epoch` may put the claim back. An admin may for any holder. */
export function requireReleasable(handoff: Handoff, me: FakePerson, epoch: number | null): void {
  if (handoff.status !== "claimed") throw stateRefusal(handoff.status);
  if (epoch !== null && epoch !== handoff.claim_epoch) throw staleRefusal(handoff.claim_epoch);
  if (handoff.claimed_by?.id === me.id || me.role === "admin") return;
  throw new Refusal(403, "forbidden", "Only the engineer who picked the session up, or an admin, can release it.");
}

/** Returns for whom a person hands a session off: for themselves, or, as an admin, for its holder. */
export function senderOf(session: Stored<Session> | undefined, me: FakePerson): FakePerson {
  if (me.role !== "admin" || !session?.holder || session.accountId !== me.accountId) return me;
  return personById(session.holder.id) ?? me;
}

const DIRECTED_MS = 600_000;

/** Puts a claim back and directs it to somebody. */
export function reassign(api: InMemoryApi, sessionId: string, handoffId: string, me: FakePerson, asked: Reassignment): Receipt {
  const handoff = api.handoff(sessionId, handoffId, me);
  requireReleasable(handoff, me, asked.epoch ?? null);
  const to = personById(asked.to);
  if (!to || !["senior", "admin"].includes(to.role)) {
    const errors = [{ pointer: "/to", detail: "Name a senior or an admin of your account." }];
    throw new Refusal(422, "invalid_request", "The request is not valid.", { errors });
  }
  const receipt = api.release(sessionId, handoffId, me, asked.note ?? "");
  const until = new Date(Date.parse(api.now()) + DIRECTED_MS).toISOString();
  api.change(handoff, me, "handoff_directed", { to: nameOf(to), directed_until: until });
  return receipt;
}

/** Opens a handoff that is directed to a person to all. */
export function decline(api: InMemoryApi, sessionId: string, handoffId: string, me: FakePerson): Receipt {
  const handoff = api.handoff(sessionId, handoffId, me);
  if (handoff.to?.id !== me.id) throw new Refusal(403, "forbidden", "It is directed to somebody else.");
  api.change(handoff, me, "handoff_declined", { to: null, directed_until: null });
  return receiptOf(handoff);
}

/** Changes the priority of a handoff that waits. */
export function changePriority(api: InMemoryApi, sessionId: string, handoffId: string, me: FakePerson, priority: Priority): Receipt {
  const handoff = api.handoff(sessionId, handoffId, me);
  const theirs = [handoff.from.id, api.sessions.get(sessionId)?.owner.id];
  if (!theirs.includes(me.id) && !["senior", "admin"].includes(me.role)) {
    throw new Refusal(403, "forbidden", "Only the sender, the session's owner and seniors can change the priority.");
  }
  if (handoff.status !== "unclaimed") throw stateRefusal(handoff.status);
  if (priority !== handoff.priority) api.change(handoff, me, "handoff_priority_changed", { priority });
  return receiptOf(handoff);
}

const UNDO_MS = 10_000;

/** Undoes a person's claim, which led to `epoch`. */
export function undoClaim(api: InMemoryApi, sessionId: string, handoffId: string, me: FakePerson, epoch: number): Receipt {
  const handoff = api.handoff(sessionId, handoffId, me);
  const refusal = refusedUndo(handoff, me, epoch, api.turns.get(sessionId) ?? [], Date.parse(api.now()));
  if (refusal) throw refusal;
  return api.putBack(handoff, me, "handoff_claim_undone");
}

/** Returns why a person may not undo their claim, which led to `epoch`, or null. */
function refusedUndo(handoff: Handoff, me: FakePerson, epoch: number, turns: Turn[], now: number): Refusal | null {
  if (handoff.status === "claimed" && handoff.claimed_by?.id !== me.id) {
    return new Refusal(403, "forbidden", "Only the engineer who picked the session up can undo that.");
  }
  if (epoch !== handoff.claim_epoch) return staleRefusal(handoff.claim_epoch);
  if (handoff.status !== "claimed") return stateRefusal(handoff.status);
  const refuse = (detail: string) => new Refusal(409, "invalid_state", detail, { current_status: handoff.status });
  if (now - Date.parse(handoff.claimed_at ?? "") > UNDO_MS) return refuse("A claim can be undone for 10 seconds.");
  const hasWritten = turns.some((turn) => turn.author.id === me.id && turn.epoch === handoff.claim_epoch);
  return hasWritten ? refuse("You have written to the session since you picked it up.") : null;
}

function reopenedBy(api: InMemoryApi, handoff: Handoff, me: FakePerson): Partial<Handoff> {
  const verdict = handoff.assessment_verdict;
  return { reopened_at: api.now(), reopened_by: nameOf(me), assessment_verdict: verdict && { ...verdict, reopened: true } };
}

/** Marks the ticket of a resolved session as opened again in its system. */
export function reopenTicket(api: InMemoryApi, id: string): void {
  const session = api.sessions.get(id)!;
  api.touch(session, { ticket_reopened_at: api.now() });
}

/** Makes `me` the holder of a resolved session, with the reason as a note. */
export function reopen(api: InMemoryApi, id: string, me: FakePerson, asked: Reopening): Session {
  const isSenior = ["senior", "admin"].includes(me.role) && api.sessions.get(id)?.accountId === me.accountId;
  const session = isSenior ? api.sessions.get(id)! : api.session(id, me);
  if (asked.epoch !== session.epoch) throw staleRefusal(session.epoch);
  if (session.status !== "resolved") throw stateRefusal(session.status);
  const handoff = [...api.handoffs.values()].filter((one) => one.session_id === id).at(-1);
  if (handoff) api.change(handoff, me, "handoff_reopened", reopenedBy(api, handoff, me));
  const again = { status: "active" as const, holder: nameOf(me), resolved_at: null, ticket_reopened_at: null };
  api.touch(session, { ...again, reopened_at: api.now() }, true);
  api.write(session, me, asked.reason, "reopened");
  return session;
}

/** Asks again for the ticket notes of a session that was reopened without a handoff. */
export function retrySessionNotes(api: InMemoryApi, sessionId: string, me: FakePerson): Session {
  const session = api.session(sessionId, me);
  if (session.ticket_notes.status !== "failed") throw stateRefusal(session.ticket_notes.status ?? "none");
  session.ticket_notes = { ...session.ticket_notes, status: "pending", error: null };
  return session;
}
