import { IconSparkles } from "@tabler/icons-react";

import type { Handoff } from "@/shared/api/types";
import { aiOff } from "@/shared/ui/ai-off";
import { Announcer } from "@/shared/ui/announcer";
import { ConfidenceBadge } from "@/shared/ui/confidence-badge";
import { isRehearsal, RehearsalNote } from "@/shared/ui/rehearsal-note";

import { AssessmentContent } from "./assessment-content";
import classes from "./assessment-panel.module.css";
import { AssessmentPending } from "./assessment-pending";
import { AssessmentUnavailable } from "./assessment-unavailable";
import { hasAssessment } from "./has-assessment";
import { NewerNote } from "./newer-note";

interface Props {
  handoff: Handoff;
  mayAskAgain: boolean;
}

const SAID = {
  pending: "The AI assessment is being written.",
  ready: "The AI assessment is here.",
  unavailable: "There is no AI assessment.",
};

const SAID_OF_NEWER = {
  pending: "A newer AI assessment is being written.",
  unavailable: "There is no newer AI assessment.",
};

/** The AI assessment, set apart from what people wrote and labeled as advice. */
export function AssessmentPanel({ handoff, mayAskAgain }: Props) {
  const { assessment_status: status, ai_assessment_data: assessment } = handoff;
  const isThere = hasAssessment(handoff);
  const isOff = handoff.assessment_error === "off";
  return (
    <section aria-labelledby="assessment" className={classes.panel}>
      <header className={classes.head}>
        <h2 id="assessment" className={classes.heading}>
          <IconSparkles size={16} aria-hidden="true" />
          AI assessment
        </h2>
        {assessment && <ConfidenceBadge value={assessment.confidence_score} />}
      </header>
      <p className={classes.advice}>
        AI-generated from this handoff only. Verify before acting.
        {assessment && isRehearsal(assessment.model) && <RehearsalNote />}
      </p>
      <div key={status} className={classes.content}>
        {isThere && <NewerNote handoff={handoff} mayAskAgain={mayAskAgain} />}
        {isThere && <AssessmentContent handoff={handoff} />}
        {!isThere && status === "pending" && <AssessmentPending since={handoff.updated_at} />}
        {!isThere && status === "unavailable" && <AssessmentUnavailable handoff={handoff} mayAskAgain={mayAskAgain} />}
      </div>
      <Announcer message={isOff ? aiOff(handoff.snapshot.ticket?.client?.name) : isThere && status !== "ready" ? SAID_OF_NEWER[status] : SAID[status]} />
    </section>
  );
}
