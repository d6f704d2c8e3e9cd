import type {
  Assessment,
  Handoff,
  HandoffEvent,
  HandOff,
  Message,
  NewSession,
  Receipt,
  Resolution,
  Session,
  Step,
  Turn,
} from "@/shared/api/types";

import { Integrations } from "./integrations.ts";
import { nameOf, newHandoff, newSession } from "./new-records.ts";
import type { FakePerson } from "./people.ts";
import { notFound, Refusal, stateRefusal } from "./refusal.ts";
import { titleOf } from "./views.ts";

export type Stored<Shape> = Shape & { accountId: string };

/** A fake of the API for the page's tests and for development without a stack. It implements the rules that the page meets. */
export class InMemoryApi {
  readonly sessions = new Map<string, Stored<Session>>();
  readonly turns = new Map<string, Turn[]>();
  readonly handoffs = new Map<string, Stored<Handoff>>();
  readonly events: HandoffEvent[] = [];
  readonly readUpTo = new Map<string, string>();
  private readonly replies = new Map<string, unknown>();
  private readonly listeners = new Set<(event: HandoffEvent) => void>();
  private count = 0;
  /** Milliseconds added to the clock, to create records in the past. */
  shiftMs = 0;

  now = (): string => new Date(Date.now() + this.shiftMs).toISOString();
  readonly integrations = new Integrations(this.now);

  listen(listener: (event: HandoffEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Returns the first answer again for a repeated idempotency key. */
  once<Answer>(key: string | null, make: () => Answer): Answer {
    if (key !== null && this.replies.has(key)) return this.replies.get(key) as Answer;
    const answer = make();
    if (key !== null) this.replies.set(key, answer);
    return answer;
  }

  openSession(by: FakePerson, asked: NewSession): Session {
    const id = this.nextId("session");
    const session = { ...newSession(id, by, asked, this.now()), accountId: by.accountId };
    this.sessions.set(session.id, session);
    this.turns.set(session.id, []);
    return session;
  }

  sessionsOf(me: FakePerson): Session[] {
    const mine = [...this.sessions.values()].filter((session) => isReadable(session, me));
    return mine.sort((one, other) => other.updated_at.localeCompare(one.updated_at));
  }

  session(id: string, me: FakePerson): Stored<Session> {
    const session = this.sessions.get(id);
    if (!session || !isReadable(session, me)) throw notFound("session");
    return session;
  }

  turnsOf(id: string, me: FakePerson): Turn[] {
    return this.turns.get(this.session(id, me).id) ?? [];
  }

  addStep(id: string, me: FakePerson, step: Pick<Step, "action" | "outcome" | "evidence"> & { epoch: number }): Step {
    const session = this.writable(id, me, step.epoch);
    const author = { kind: "engineer" as const, ...nameOf(me) };
    const { action, outcome, evidence, epoch } = step;
    const turn: Step = { kind: "step", seq: 0, author, action, outcome, evidence, created_at: this.now(), epoch };
    session.step_count += 1;
    return this.append(session, turn);
  }

  say(id: string, me: FakePerson, text: string, epoch: number): Message {
    const session = this.writable(id, me, epoch);
    return this.append(session, this.message({ kind: "engineer", ...nameOf(me) }, text, epoch));
  }

  reply(id: string, text: string): Message {
    const session = this.sessions.get(id)!;
    return this.append(session, this.message({ kind: "assistant", id: "assistant", name: "Assistant" }, text, session.epoch));
  }

  handOff(id: string, me: FakePerson, asked: HandOff): Handoff {
    const session = this.writable(id, me, asked.epoch ?? null);
    const turns = this.turns.get(id) ?? [];
    const fake = session.open_handoff_id ? this.handoffs.get(session.open_handoff_id) : undefined;
    if (fake) this.change(fake, me, "handoff_passed_on", { status: "passed_on" });
    session.epoch += 1;
    const from = { session, turns, asked, at: this.now() };
    const handoff = { ...newHandoff(this.nextId("handoff"), me, from), accountId: me.accountId };
    this.handoffs.set(handoff.id, handoff);
    const status = asked.intent === "escalate" ? "escalated" : "parked";
    this.touch(session, { status, holder: null, open_handoff_id: handoff.id });
    this.announce("handoff_created", handoff);
    return handoff;
  }

  handoff(sessionId: string, handoffId: string, me: FakePerson): Stored<Handoff> {
    const handoff = this.handoffs.get(handoffId);
    if (handoff?.session_id !== sessionId || handoff.accountId !== me.accountId) throw notFound("handoff");
    return handoff;
  }

  handoffsOf(sessionId: string, me: FakePerson): Handoff[] {
    const own = [...this.handoffs.values()].filter((one) => one.session_id === sessionId && one.accountId === me.accountId);
    const session = this.sessions.get(sessionId);
    if (own.length === 0 && !(session && isReadable(session, me))) throw notFound("session");
    return own.sort((one, other) => other.created_at.localeCompare(one.created_at));
  }

  claim(sessionId: string, handoffId: string, me: FakePerson): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.status === "claimed" && handoff.claimed_by?.id === me.id) return receiptOf(handoff);
    if (handoff.intent === "escalate" && handoff.from.id === me.id) {
      throw new Refusal(403, "own_handoff", "You handed this session off; another senior has to pick it up.");
    }
    if (handoff.intent === "escalate" && !["senior", "admin"].includes(me.role)) {
      throw new Refusal(403, "forbidden", `This needs the role senior or higher; yours is ${me.role}.`);
    }
    if (handoff.status === "claimed") {
      const { claimed_by, claimed_at } = handoff;
      throw new Refusal(409, "already_claimed", `${claimed_by?.name ?? ""} has already picked this up.`, {
        claimed_by,
        claimed_at,
      });
    }
    if (handoff.status !== "unclaimed") throw stateRefusal(handoff.status);
    const claimed = { status: "claimed" as const, claimed_by: nameOf(me), to: nameOf(me), claimed_at: this.now() };
    this.change(handoff, me, "handoff_claimed", claimed);
    this.touch(this.sessions.get(sessionId)!, { status: "active", holder: nameOf(me) }, true);
    return receiptOf(handoff);
  }

  withdraw(sessionId: string, handoffId: string, me: FakePerson): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.from.id !== me.id) throw new Refusal(403, "forbidden", "Only the engineer who handed it off can do this.");
    if (handoff.status !== "unclaimed") throw stateRefusal(handoff.status);
    this.change(handoff, me, "handoff_withdrawn", { status: "withdrawn" });
    this.touch(this.sessions.get(sessionId)!, { status: "active", holder: nameOf(me), open_handoff_id: null }, true);
    return receiptOf(handoff);
  }

  release(sessionId: string, handoffId: string, me: FakePerson, note: string): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.claimed_by?.id !== me.id) throw new Refusal(403, "forbidden", "Only the holder can release it.");
    const open = { status: "unclaimed" as const, claimed_by: null, claimed_at: null, to: null, release_note: note };
    this.change(handoff, me, "handoff_released", open);
    const status = handoff.intent === "escalate" ? "escalated" : "parked";
    this.touch(this.sessions.get(sessionId)!, { status, holder: null }, true);
    return receiptOf(handoff);
  }

  resolve(id: string, me: FakePerson, asked: Resolution): Session {
    const session = this.writable(id, me, asked.epoch);
    const handoff = session.open_handoff_id ? this.handoffs.get(session.open_handoff_id) : undefined;
    if (handoff) {
      this.change(handoff, me, "handoff_resolved", {
        status: "resolved",
        assessment_verdict: asked.assessment_verdict ?? null,
      });
    }
    const resolved = { resolution: asked.resolution, root_cause: asked.root_cause ?? null, resolved_at: this.now() };
    this.touch(session, { status: "resolved", open_handoff_id: null, ...resolved });
    return session;
  }

  /** Stores the result of the AI, as the enrich function does. */
  assess(handoffId: string, outcome: Assessment | { error: NonNullable<Handoff["assessment_error"]> }): void {
    const handoff = this.handoffs.get(handoffId)!;
    if ("error" in outcome) {
      const failed = { assessment_status: "unavailable" as const, assessment_error: outcome.error };
      this.change(handoff, null, "handoff_assessment_unavailable", failed);
      return;
    }
    const ready = { assessment_status: "ready" as const, assessment_error: null, ai_assessment_data: outcome };
    this.change(handoff, null, "handoff_assessment_ready", { ...ready, ai_assessment: outcome.likely_cause });
  }

  assessAgain(sessionId: string, handoffId: string, me: FakePerson): Handoff {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.assessment_status !== "unavailable") throw stateRefusal(handoff.assessment_status);
    Object.assign(handoff, { assessment_status: "pending", assessment_error: null, updated_at: this.now() });
    return handoff;
  }

  /** Stores the status of a ticket note, as the function that writes notes does. */
  setTicketNotes(handoffId: string, ticket_notes: Handoff["ticket_notes"]): void {
    const type = ticket_notes.status === "failed" ? "ticket_note_failed" : "ticket_note_sent";
    this.change(this.handoffs.get(handoffId)!, null, type, { ticket_notes });
  }

  retryTicketNotes(sessionId: string, handoffId: string, me: FakePerson): Handoff {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.ticket_notes.status !== "failed") throw stateRefusal(handoff.ticket_notes.status ?? "none");
    this.change(handoff, me, "ticket_note_retried", { ticket_notes: { ...handoff.ticket_notes, status: "pending", error: null } });
    return handoff;
  }

  private writable(id: string, me: FakePerson, epoch: number | null): Stored<Session> {
    const session = this.session(id, me);
    if (epoch !== null && epoch !== session.epoch) {
      throw new Refusal(409, "stale_epoch", "The session has changed hands since you loaded it. Load it again.", {
        current_epoch: session.epoch,
      });
    }
    if (session.status !== "active") throw stateRefusal(session.status);
    if (session.holder?.id !== me.id) throw new Refusal(403, "forbidden", "Somebody else holds this session now.");
    return session;
  }

  private message(author: Message["author"], text: string, epoch: number): Message {
    return { kind: "message", seq: 0, author, text, created_at: this.now(), epoch, reply_to: null };
  }

  private append<Kind extends Turn>(session: Session, turn: Kind): Kind {
    const turns = this.turns.get(session.id)!;
    const placed = { ...turn, seq: turns.length + 1 };
    turns.push(placed);
    session.updated_at = this.now();
    return placed;
  }

  private touch(session: Session, change: Partial<Session>, newEpoch = false): void {
    Object.assign(session, change, { updated_at: this.now(), epoch: session.epoch + (newEpoch ? 1 : 0) });
    session.escalated_to = session.holder && session.holder.id !== session.owner.id ? session.holder : null;
    session.escalated_to_id = session.escalated_to?.id ?? null;
  }

  private change(
    handoff: Handoff,
    by: FakePerson | null,
    type: HandoffEvent["type"],
    change: Partial<Handoff>,
  ): void {
    Object.assign(handoff, change, { version: handoff.version + 1, updated_at: this.now() });
    if (by) handoff.actor = nameOf(by);
    this.announce(type, handoff as Stored<Handoff>, by);
  }

  private announce(type: HandoffEvent["type"], handoff: Stored<Handoff>, by?: FakePerson | null): void {
    const event: HandoffEvent = {
      id: this.nextId("event"),
      type,
      occurred_at: this.now(),
      account_id: handoff.accountId,
      session_id: handoff.session_id,
      handoff_id: handoff.id,
      version: handoff.version,
      actor: by === null ? null : handoff.actor,
      title: titleOf(type, handoff),
      data: { intent: handoff.intent, status: handoff.status, priority: handoff.priority },
    };
    this.events.push(event);
    this.listeners.forEach((listen) => listen(event));
  }

  private nextId(kind: string): string {
    this.count += 1;
    return `${kind}-${this.count}`;
  }
}

const isReadable = (session: Stored<Session>, me: FakePerson) =>
  session.accountId === me.accountId && (session.owner.id === me.id || session.holder?.id === me.id);

const receiptOf = ({ id, session_id, status, claimed_by, claimed_at }: Handoff): Receipt => ({
  handoff_id: id,
  session_id,
  status,
  claimed_by,
  claimed_at,
});
