import { AssessmentUnavailable } from "@/features/handoffs/assessment/assessment-unavailable";
import { hasAssessment } from "@/features/handoffs/assessment/has-assessment";
import { NewerNote } from "@/features/handoffs/assessment/newer-note";
import { HandoffNotes } from "@/features/handoffs/context/handoff-notes";
import { ToldSection } from "@/features/handoffs/deliveries/told-section";
import type { Handoff, Step, StepResult } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { ConfidenceBadge } from "@/shared/ui/confidence-badge";
import { Prose } from "@/shared/ui/prose";
import { isRehearsal, RehearsalNote } from "@/shared/ui/rehearsal-note";
import { AFFECTED, REASONS } from "@/shared/ui/sender-report";
import { UserText } from "@/shared/ui/user-text";

import classes from "./handoff-rail.module.css";
import { SuggestedSteps } from "./suggested-steps";

/** How the reader records what came of a suggested step. */
export interface SuggestionRecorder {
  isPending: boolean;
  error: Error | null;
  onRecord: (action: string, result: StepResult) => void;
  /** Fills in the step form, for a result with a finding. */
  onFill: (action: string) => void;
}

interface Props {
  handoff: Handoff;
  /** The session's steps. */
  steps: Step[];
  /** Null for a reader who may not record steps. */
  recorder: SuggestionRecorder | null;
  mayAskAgain: boolean;
}

/** What was read before the start, kept beside the conversation: what is asked, all notes, likely cause, suggested steps. */
export function HandoffRail({ handoff, steps, recorder, mayAskAgain }: Props) {
  return (
    <>
      <Ask handoff={handoff} />
      <Advice handoff={handoff} mayAskAgain={mayAskAgain} />
      {handoff.ai_assessment_data && (
        <SuggestedSteps suggestions={handoff.ai_assessment_data.suggested_steps} steps={steps} recorder={recorder} />
      )}
      {handoff.intent === "escalate" && <ToldSection handoff={handoff} />}
    </>
  );
}

function Ask({ handoff }: { handoff: Handoff }) {
  const facts = [handoff.reason && REASONS[handoff.reason], handoff.affected && AFFECTED[handoff.affected]].filter(Boolean);
  return (
    <section aria-label="Why it was handed off">
      <h2 className={classes.heading}>
        {handoff.intent === "escalate" ? "Escalated" : "Parked"} by <UserText>{handoff.from.name}</UserText>{" "}
        <Age at={handoff.created_at} suffix />
      </h2>
      <div className={classes.parts}>
        {facts.length > 0 && <p className={classes.facts}>{facts.join(" · ")}</p>}
        {handoff.suspicion && (
          <p className={classes.text}>
            <strong>Suspects:</strong> <UserText>{handoff.suspicion}</UserText>
          </p>
        )}
        <HandoffNotes handoff={handoff} />
      </div>
    </section>
  );
}

function Advice({ handoff, mayAskAgain }: { handoff: Handoff; mayAskAgain: boolean }) {
  const { assessment_status: status, ai_assessment_data: assessment, ai_assessment: prose } = handoff;
  const isThere = hasAssessment(handoff);
  const cause = assessment && !assessment.inconclusive ? assessment.likely_cause : null;
  return (
    <section aria-label="AI assessment">
      <h2 className={classes.heading}>
        {assessment && !cause ? "AI: inconclusive" : "AI: likely cause"}
      </h2>
      <div className={classes.parts}>
        {isThere && <NewerNote handoff={handoff} mayAskAgain={mayAskAgain} />}
        {!isThere && status === "pending" && <p className={classes.quiet}>The AI assessment is being written.</p>}
        {!isThere && status === "unavailable" && <AssessmentUnavailable handoff={handoff} mayAskAgain={mayAskAgain} />}
        {status === "ready" && !assessment && <Prose>{prose ?? "The assessment is empty."}</Prose>}
        {assessment && (
          <>
            {assessment.likely_cause && <UserText className={classes.cause}>{assessment.likely_cause}</UserText>}
            <ConfidenceBadge value={assessment.confidence_score} />
            {isRehearsal(assessment.model) && <RehearsalNote />}
          </>
        )}
      </div>
    </section>
  );
}
