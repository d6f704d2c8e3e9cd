import type { Handoff } from "@/shared/api/types";

/** Returns what the queue shows of a handoff. */
export const queueItem = (handoff: Handoff) => ({
  handoff_id: handoff.id,
  session_id: handoff.session_id,
  problem_summary: handoff.snapshot.problem_summary,
  problem_domain: handoff.snapshot.problem_domain,
  psa_ticket_id: handoff.snapshot.psa_ticket_id,
  priority: handoff.priority,
  reason: handoff.reason,
  affected: handoff.affected,
  from: handoff.from,
  step_count: handoff.snapshot.step_count,
  assessment_status: handoff.assessment_status,
  assessment_error: handoff.assessment_error,
  client: handoff.snapshot.ticket?.client?.name ?? null,
  cover: handoff.cover,
  contact: handoff.snapshot.ticket?.contact?.name ?? null,
  to: handoff.to,
  directed_until: handoff.directed_until,
  due: handoff.due,
  sla_due_at: handoff.sla_due_at,
  level: handoff.level,
  is_early: Reflect.get(handoff, "is_early") === true,
  waiting_since: handoff.created_at,
  created_at: handoff.created_at,
});
