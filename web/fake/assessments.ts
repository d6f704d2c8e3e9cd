import type { Assessment, Handoff } from "@/shared/api/types";

const USAGE = { input_tokens: 1800, output_tokens: 420, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };

/** Builds an assessment with plausible values for the fields that are not given. */
export function assessment(about: Partial<Assessment>): Assessment {
  return {
    likely_cause: "The mailbox's license was removed with the group change on Friday.",
    inconclusive: false,
    ruled_out: [],
    suggested_steps: [],
    confidence: "high",
    confidence_score: 0.82,
    model: "rehearsal-1",
    prompt_version: "1",
    input_sha256: "0".repeat(64),
    usage: USAGE,
    ...about,
  };
}

/** Builds an assessment of a handoff whose evidence refers to steps that exist. */
export function assessmentOf(handoff: Handoff): Assessment {
  const steps = handoff.snapshot.steps;
  const failed = steps.filter((step) => step.result === "no_effect").map((step) => step.seq);
  if (failed.length === 0) {
    return assessment({
      likely_cause: null,
      inconclusive: true,
      confidence: "low",
      confidence_score: 0.2,
      suggested_steps: [
        {
          text: "Ask when it last worked, and what changed since",
          why: "Nothing recorded so far separates one cause from another.",
          evidence: [],
          already_tried: false,
        },
      ],
    });
  }
  return assessment({
    likely_cause:
      "The firewall drops the tunnel's keep-alive after the firmware update; the line and the client are healthy.",
    suggested_steps: [
      {
        text: "Compare the idle timeout of the VPN policy before and after the update",
        why: "Sessions end after exactly ten minutes of silence, which is the new default.",
        evidence: failed.slice(0, 2),
        already_tried: false,
      },
      {
        text: "Set dead peer detection to 20 s on both ends and watch one session",
        why: "A keep-alive below the timeout would confirm the cause without a rollback.",
        evidence: failed.slice(-1),
        already_tried: false,
      },
      { text: steps[0]?.action ?? "", why: "Would show whether the client is at fault.", evidence: [], already_tried: true },
    ],
    ruled_out: [{ cause: "A faulty line at the branch office", evidence: steps.slice(0, 1).map((step) => step.seq) }],
  });
}
