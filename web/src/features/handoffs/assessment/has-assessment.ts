import type { Handoff } from "@/shared/api/types";

/** Tells whether there is an assessment to read: an earlier one stays while a newer one is pending or unavailable. */
export function hasAssessment(handoff: Handoff | undefined): boolean {
  return handoff?.assessment_status === "ready" || Boolean(handoff?.ai_assessment_data);
}
