import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";

import { useRequestAssessment } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { aiOff } from "@/shared/ui/ai-off";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./assessment-content.module.css";

const REASONS: Record<string, string> = {
  timeout: "the AI took too long to answer",
  rate_limited: "the AI is at its limit just now",
  overloaded: "the AI is overloaded just now",
  provider_error: "the AI failed with an error of its own",
  unreachable: "the AI could not be reached",
  refused: "the AI declined to read this session",
  cut_off: "the AI's answer was cut off",
  invalid_answer: "the AI's answer made no sense",
  not_configured: "no AI is set up for this account",
  budget: "the account has used its AI calls of today",
  gave_up: "several attempts ended without an answer",
};

/** The reason for a missing assessment, and a button that requests it again. */
export function AssessmentUnavailable({ handoff, mayAskAgain }: { handoff: Handoff; mayAskAgain: boolean }) {
  const requestMutation = useRequestAssessment();
  const hasEarlier = Boolean(handoff.ai_assessment_data);
  const isOff = handoff.assessment_error === "off";
  const reason = REASONS[handoff.assessment_error ?? ""] ?? "the AI did not answer";
  return (
    <div className={classes.reading}>
      {isOff ? (
        <p>
          <strong>{aiOff(handoff.snapshot.ticket?.client?.name)}.</strong> Nothing of it is sent to the AI.
        </p>
      ) : (
        <p>
          <strong>{hasEarlier ? "Newer assessment unavailable:" : "Assessment unavailable:"}</strong> {reason}.
        </p>
      )}
      {!hasEarlier && (
        <p className={classes.quiet}>What people wrote and tried is all here. You can start without the AI.</p>
      )}
      {mayAskAgain && (
        <Button
          variant="default"
          size="xs"
          className={classes.again}
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          loading={requestMutation.isPending}
          onClick={() => requestMutation.mutate(handoff)}
        >
          Ask again
        </Button>
      )}
      {requestMutation.isError && <ProblemNote error={requestMutation.error} />}
    </div>
  );
}
