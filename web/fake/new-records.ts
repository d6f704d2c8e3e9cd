import type { Handoff, HandOff, Message, NewSession, Session, Step, Turn } from "@/shared/api/types";

import type { FakePerson } from "./people.ts";

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
    psa_ticket: null,
    owner: nameOf(by),
    holder: nameOf(by),
    escalated_to: null,
    escalated_to_id: null,
    open_handoff_id: null,
    epoch: 1,
    step_count: 0,
    escalation_package: null,
    resolution: null,
    root_cause: null,
    created_at: at,
    updated_at: at,
    resolved_at: null,
  };
}

/** A handoff as it is right after it was made. */
export function newHandoff(
  id: string,
  by: FakePerson,
  { session, turns, asked, at }: { session: Session; turns: Turn[]; asked: HandOff; at: string },
): Handoff {
  return {
    id,
    session_id: session.id,
    intent: asked.intent,
    status: "unclaimed",
    priority: asked.priority ?? "normal",
    from: nameOf(by),
    to: null,
    engineer_notes: asked.engineer_notes ?? "",
    release_note: null,
    snapshot: {
      problem_summary: session.problem_summary,
      problem_domain: session.problem_domain,
      psa_ticket_id: session.psa_ticket_id,
      step_count: session.step_count,
      steps: turns.filter((turn): turn is Step => turn.kind === "step"),
      messages: turns.filter((turn): turn is Message => turn.kind === "message"),
      omitted: 0,
      taken_at: at,
    },
    documentation: `# ${session.problem_summary}\n`,
    assessment_status: "pending",
    assessment_error: null,
    ai_assessment: null,
    ai_assessment_data: null,
    assessment_verdict: null,
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
