import type { Assessment, Availability, Handoff, HandoffEvent, HandOff, Message, NewSession } from "@/shared/api/types";
import type { Note, Receipt, Resolution, Session, Step, Turn } from "@/shared/api/types";

import { refusedClaim, requireReleasable, senderOf } from "./claims.ts";
import { Channels } from "./channels.ts";
import { ClockSettings } from "./clock-settings.ts";
import { eventOfHandoff, eventOfNote, type HandoffEventType } from "./events.ts";
import { Integrations } from "./integrations.ts";
import { addToSince, nameOf, newHandoff, newSession, newStep, receiptOf, type StepTaken } from "./new-records.ts";
import type { FakePerson } from "./people.ts";
import { Reading } from "./reading.ts";
import { notFound, Refusal, staleRefusal, stateRefusal } from "./refusal.ts";
import { isReadable } from "./views.ts";

export type Stored<Shape> = Shape & { accountId: string };

const WAITING = { escalate: "escalated", park: "parked" } as const;

/** A fake of the API for the page's tests and for development without a stack. It implements the rules that the page meets. */
export class InMemoryApi {
  readonly sessions = new Map<string, Stored<Session>>();
  readonly turns = new Map<string, Turn[]>();
  readonly handoffs = new Map<string, Stored<Handoff>>();
  readonly events: HandoffEvent[] = [];
  readonly readUpTo = new Map<string, string>();
  readonly removed = new Set<string>();
  readonly availability = new Map<string, Availability>();
  readonly reading = new Reading();
  private readonly replies = new Map<string, unknown>();
  private readonly listeners = new Set<(event: HandoffEvent) => void>();
  private count = 0;
  /** Milliseconds added to the clock, to create records in the past. */
  shiftMs = 0;

  private instantMs: number | null = null;

  /** Returns the time, which stands still within a request: all that one request writes has one time, as in the real API. */
  now = (): string => {
    if (this.instantMs === null) queueMicrotask(() => (this.instantMs = null));
    this.instantMs ??= Date.now();
    return new Date(this.instantMs + this.shiftMs).toISOString();
  };
  readonly integrations = new Integrations(this.now);
  readonly channels = new Channels(this.now);
  readonly clock = new ClockSettings(this.now);

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
    return [...this.sessions.values()].filter((one) => isReadable(one, me)).sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  }

  session(id: string, me: FakePerson): Stored<Session> {
    const session = this.sessions.get(id);
    if (!session || !isReadable(session, me)) throw notFound("session");
    return session;
  }

  turnsOf(id: string, me: FakePerson): Turn[] {
    return this.turns.get(this.session(id, me).id) ?? [];
  }

  addStep(id: string, me: FakePerson, step: StepTaken): Step {
    const session = this.writable(id, me, step.epoch);
    session.step_count += 1;
    return this.append(session, newStep(me, step, this.now()));
  }

  say(id: string, me: FakePerson, text: string, epoch: number): Message {
    const session = this.writable(id, me, epoch);
    return this.append(session, this.message({ kind: "engineer", ...nameOf(me) }, text, epoch));
  }

  reply(id: string, text: string): Message {
    const session = this.sessions.get(id)!;
    return this.append(session, this.message({ kind: "assistant", id: "assistant", name: "Assistant" }, text, session.epoch));
  }

  leaveNote(id: string, me: FakePerson, text: string): Note {
    const session = this.session(id, me);
    if (session.status === "resolved") throw stateRefusal(session.status);
    const open = session.open_handoff_id ? this.handoffs.get(session.open_handoff_id) : undefined;
    const note = this.write(session, me, text, null, open)!;
    this.publish(eventOfNote(session, note));
    return note;
  }

  historyOf(id: string, me: FakePerson): HandoffEvent[] {
    const session = this.session(id, me);
    return this.events.filter((event) => event.session_id === session.id && event.handoff_id !== null);
  }

  handOff(id: string, me: FakePerson, asked: HandOff): Handoff {
    const sender = senderOf(this.sessions.get(id), me);
    const session = this.writable(id, sender, asked.epoch ?? null);
    this.write(session, me, asked.engineer_notes ?? "", session.open_handoff_id ? "passed_on" : "handed_off");
    const turns = this.turns.get(id) ?? [];
    const fake = session.open_handoff_id ? this.handoffs.get(session.open_handoff_id) : undefined;
    if (fake) this.change(fake, me, "handoff_passed_on", { status: "passed_on" });
    session.epoch += 1;
    const from = { session, turns, asked, at: this.now() };
    const handoff = { ...newHandoff(this.nextId("handoff"), sender, from), actor: nameOf(me), accountId: me.accountId };
    this.handoffs.set(handoff.id, handoff);
    this.touch(session, { status: WAITING[asked.intent], holder: null, open_handoff_id: handoff.id });
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
    if (own.length === 0) this.session(sessionId, me);
    return own.sort((one, other) => other.created_at.localeCompare(one.created_at));
  }

  claim(sessionId: string, handoffId: string, me: FakePerson, epoch: number | null = null): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    const refusal = refusedClaim(handoff, me, epoch);
    if (refusal) throw refusal;
    if (handoff.status === "claimed") return receiptOf(handoff);
    const claimed = { status: "claimed" as const, claimed_by: nameOf(me), claimed_at: this.now() };
    this.change(handoff, me, "handoff_claimed", { ...claimed, claim_epoch: handoff.claim_epoch + 1 });
    this.touch(this.sessions.get(sessionId)!, { status: "active", holder: nameOf(me) }, true);
    return receiptOf(handoff);
  }

  putBack(handoff: Stored<Handoff>, me: FakePerson, type: HandoffEventType): Receipt {
    const open = { status: "unclaimed" as const, claimed_by: null, claimed_at: null, to: null };
    this.change(handoff, me, type, { ...open, claim_epoch: handoff.claim_epoch + 1 });
    this.touch(this.sessions.get(handoff.session_id)!, { status: WAITING[handoff.intent], holder: null }, true);
    return receiptOf(handoff);
  }

  withdraw(sessionId: string, handoffId: string, me: FakePerson, note = ""): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    const session = this.sessions.get(sessionId)!;
    if (![handoff.from.id, session.owner.id].includes(me.id)) {
      throw new Refusal(403, "forbidden", "Only the person who handed it off, or the session's owner, can withdraw the handoff.");
    }
    if (handoff.status !== "unclaimed") throw stateRefusal(handoff.status);
    this.write(session, me, note, "taken_back", handoff);
    this.change(handoff, me, "handoff_withdrawn", { status: "withdrawn", claim_epoch: handoff.claim_epoch + 1 });
    this.touch(this.sessions.get(sessionId)!, { status: "active", holder: nameOf(me), open_handoff_id: null }, true);
    return receiptOf(handoff);
  }

  release(sessionId: string, handoffId: string, me: FakePerson, note: string, epoch: number | null = null): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    requireReleasable(handoff, me, epoch);
    const written = this.write(this.sessions.get(sessionId)!, me, note, "released", handoff);
    if (written) handoff.release_note = written.text;
    return this.putBack(handoff, me, "handoff_released");
  }

  keep(sessionId: string, handoffId: string, me: FakePerson, waiting: Handoff["waiting"]): Receipt {
    const handoff = this.handoff(sessionId, handoffId, me);
    if (handoff.claimed_by?.id !== me.id) throw new Refusal(403, "forbidden", "Only the engineer who holds the session can do this.");
    this.change(handoff, me, waiting ? "handoff_waiting" : "handoff_kept", { waiting, asked_at: null });
    return receiptOf(handoff);
  }

  resolve(id: string, me: FakePerson, asked: Resolution): Session {
    const session = this.writable(id, me, asked.epoch);
    const handoff = session.open_handoff_id ? this.handoffs.get(session.open_handoff_id) : undefined;
    if (handoff) {
      this.change(handoff, me, "handoff_resolved", {
        status: "resolved",
        assessment_verdict: asked.assessment_verdict ? { value: asked.assessment_verdict, reopened: false } : null,
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
    const { status, ...ticket_notes } = handoff.ticket_notes;
    if (status !== "failed") throw stateRefusal(status ?? "none");
    this.change(handoff, me, "ticket_note_retried", { ticket_notes: { ...ticket_notes, status: "pending", error: null } });
    return handoff;
  }

  writable(id: string, me: FakePerson, epoch: number | null): Stored<Session> {
    const session = this.session(id, me);
    if (epoch !== null && epoch !== session.epoch) {
      throw staleRefusal(session.epoch);
    }
    if (session.status !== "active") throw stateRefusal(session.status);
    if (session.holder?.id !== me.id) throw new Refusal(403, "forbidden", "Somebody else holds this session now.");
    return session;
  }

  /** Adds a note, to the handoff as well when it was written after its snapshot. */
  write(session: Session, by: FakePerson, text: string, about: Note["about"], handoff?: Handoff): Note | null {
    if (text.trim() === "") return null;
    const author = { kind: "engineer" as const, ...nameOf(by) };
    const note: Note = { kind: "note", seq: 0, author, text, about, to: null, created_at: this.now(), epoch: session.epoch };
    const placed = this.append(session, note);
    if (handoff) handoff.since = { ...handoff.since, notes: [...handoff.since.notes, placed] };
    return placed;
  }

  private message(author: Message["author"], text: string, epoch: number): Message {
    return { kind: "message", seq: 0, author, text, created_at: this.now(), epoch, reply_to: null };
  }

  private append<Kind extends Turn>(session: Session, turn: Kind): Kind {
    const turns = this.turns.get(session.id)!;
    const placed = { ...turn, seq: turns.length + 1 };
    turns.push(placed);
    session.updated_at = this.now();
    addToSince(this.handoffs.get(session.open_handoff_id ?? ""), placed);
    return placed;
  }

  touch(session: Session, change: Partial<Session>, newEpoch = false): void {
    Object.assign(session, change, { updated_at: this.now(), epoch: session.epoch + (newEpoch ? 1 : 0) });
    session.escalated_to = session.holder && session.holder.id !== session.owner.id ? session.holder : null;
    session.escalated_to_id = session.escalated_to?.id ?? null;
  }

  change(handoff: Handoff, by: FakePerson | null, type: HandoffEventType, change: Partial<Handoff>): void {
    Object.assign(handoff, change, { version: handoff.version + 1, updated_at: this.now() });
    if (by) handoff.actor = nameOf(by);
    this.announce(type, handoff as Stored<Handoff>, by);
  }

  private publish(unnamed: Omit<HandoffEvent, "id">): void {
    const event = { ...unnamed, id: this.nextId("event") };
    this.events.push(event);
    this.listeners.forEach((listen) => listen(event));
  }

  private announce(type: HandoffEventType, handoff: Stored<Handoff>, by?: FakePerson | null): void {
    this.publish({ ...eventOfHandoff(type, handoff, this.now()), ...(by === null ? { actor: null } : {}) });
  }

  private readonly nextId = (kind: string): string => `${kind}-${(this.count += 1)}`;
}
