import type { Handoff, Step } from "@/shared/api/types";

const TELLING: Partial<Record<Step["result"], number>> = { fixed: 3, narrowed: 2, worse: 2 };

/** Ranks the steps of a handoff by how much they decide: what the assessment rests on, what changed something, what is newest. */
export function rankOfSteps({ snapshot, ai_assessment_data: assessment }: Handoff): Map<number, number> {
  const evidence = new Set(assessment?.suggested_steps.flatMap((step) => step.evidence));
  const weightOf = (step: Step) => (TELLING[step.result] ?? 0) * 2 + (evidence.has(step.seq) ? 3 : 0);
  const order = [...snapshot.steps].sort((one, other) => weightOf(other) - weightOf(one) || other.seq - one.seq);
  return new Map(order.map((step, rank) => [step.seq, rank]));
}
