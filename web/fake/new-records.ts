import type { Handoff, HandOff, Message, NewSession, Note, Receipt, Session, Step, Turn } from "@/shared/api/types";

import { type FakePerson, personById } from "./people.ts";

export const nameOf = ({ id, name }: FakePerson) => ({ id, name });

/** A session as it is right after it was opened. */
export function newSession(id: string, by: FakePerson, asked: NewSession, at: string): Session {
  const title = asked.problem_summary.replace(/\s+/g, " ");
  return {
    id,
    status: "active",
    title: title.length > 70 ? `${title.slice(0, 69)}…` : title,
    problem_summary: asked.problem_summary,
    problem_domain: asked.problem_domain ?? null,
    psa_ticket_id: asked.psa_ticket_id ?? null,
    integration_id: null,
    ticket: null,
    ticket_notes: { status: "none", note_id: null, attempts: 0, error: null },
    is_ai_on: true,
    owner: nameOf(by),
    holder: nameOf(by),
    escalated_to: null,
    escalated_to_id: null,
    open_handoff_id: null,
    epoch: 1,
    step_count: 0,
    revision: 0,
    escalation_package: null,
    resolution: null,
    root_cause: null,
    created_at: at,
    updated_at: at,
    resolved_at: null,
    reopened_at: null,
    ticket_reopened_at: null,
  };
}

export type StepTaken = Pick<Step, "action" | "result" | "evidence"> & { finding?: string | null; epoch: number };

/** A step, before it has its place in the session. */
export function newStep(by: FakePerson, { finding = null, ...taken }: StepTaken, at: string): Step {
  return { kind: "step", seq: 0, author: { kind: "engineer", ...nameOf(by) }, ...taken, finding, created_at: at };
}

const DIRECTED_MS = 600_000;

/** A handoff as it is right after it was made. */
export function newHandoff(
  id: string,
  by: FakePerson,
  { session, turns, asked, at }: { session: Session; turns: Turn[]; asked: HandOff; at: string },
): Handoff {
  const recipient = asked.to ? personById(asked.to) : undefined;
  return {
    id,
    session_id: session.id,
    intent: asked.intent,
    status: "unclaimed",
    priority: asked.priority ?? "normal",
    from: nameOf(by),
    to: recipient ? nameOf(recipient) : null,
    directed_until: recipient ? new Date(Date.parse(at) + DIRECTED_MS).toISOString() : null,
    due: null,
    sla_due_at: session.ticket?.due_at ?? null,
    waiting: null,
    asked_at: null,
    level: null,
    step: null,
    cover: null,
    engineer_notes: asked.engineer_notes ?? "",
    suspicion: asked.suspicion ?? null,
    reason: asked.reason ?? null,
    affected: asked.affected ?? null,
    release_note: null,
    snapshot: {
      problem_summary: session.problem_summary,
      problem_domain: session.problem_domain,
      psa_ticket_id: session.psa_ticket_id,
      ticket: session.ticket,
      step_count: session.step_count,
      steps: turns.filter((turn): turn is Step => turn.kind === "step"),
      messages: turns.filter((turn): turn is Message => turn.kind === "message"),
      notes: turns.filter((turn): turn is Note => turn.kind === "note"),
      omitted: 0,
      last_seq: turns.length,
      taken_at: at,
    },
    since: { steps: [], messages: [], notes: [], omitted: 0 },
    documentation: `# ${session.problem_summary}\n`,
    assessment_status: "pending",
    assessment_error: null,
    ai_assessment: null,
    ai_assessment_data: null,
    newer_than_assessment: null,
    assessment_verdict: null,
    reopened_at: null,
    reopened_by: null,
    claimed_by: null,
    claimed_at: null,
    claim_epoch: session.epoch,
    ticket_notes: { status: "none", note_id: null, attempts: 0, error: null },
    actor: nameOf(by),
    version: 1,
    created_at: at,
    updated_at: at,
  };
}

/** The answer of a claim, release or withdrawal. */
export const receiptOf = ({ id, session_id, status, claimed_by, claimed_at }: Handoff): Receipt => ({
  handoff_id: id,
  session_id,
  status,
  claimed_by,
  claimed_at,
});

/** Adds a step or message to what came since the hand off, where the session has an open one. */
export function addToSince(handoff: Handoff | undefined, turn: Turn): void {
  if (!handoff) return;
  const { since } = handoff;
  if (turn.kind === "step") handoff.since = { ...since, steps: [...since.steps, turn] };
  if (turn.kind === "message") handoff.since = { ...since, messages: [...since.messages, turn] };
}
