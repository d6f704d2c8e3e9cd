import { IconSparkles } from "@tabler/icons-react";

import type { Handoff } from "@/shared/api/types";
import { Announcer } from "@/shared/ui/announcer";
import { ConfidenceBadge } from "@/shared/ui/confidence-badge";
import { isRehearsal, RehearsalNote } from "@/shared/ui/rehearsal-note";

import { AssessmentContent } from "./assessment-content";
import classes from "./assessment-panel.module.css";
import { AssessmentPending } from "./assessment-pending";
import { AssessmentUnavailable } from "./assessment-unavailable";

interface Props {
  handoff: Handoff;
  mayAskAgain: boolean;
}

const SAID = {
  pending: "The AI assessment is being written.",
  ready: "The AI assessment is here.",
  unavailable: "There is no AI assessment.",
};

/** The AI assessment, set apart from what people wrote and labeled as advice. */
export function AssessmentPanel({ handoff, mayAskAgain }: Props) {
  const { assessment_status: status, ai_assessment_data: assessment } = handoff;
  return (
    <section aria-labelledby="assessment" className={classes.panel}>
      <header className={classes.head}>
        <h2 id="assessment" className={classes.heading}>
          <IconSparkles size={16} aria-hidden="true" />
          AI assessment
        </h2>
        {status === "ready" && assessment && <ConfidenceBadge value={assessment.confidence_score} />}
      </header>
      <p className={classes.advice}>
        AI-generated from this handoff only. Verify before acting.
        {assessment && isRehearsal(assessment.model) && <RehearsalNote />}
      </p>
      <div key={status} className={classes.content}>
        {status === "pending" && <AssessmentPending since={handoff.updated_at} />}
        {status === "unavailable" && <AssessmentUnavailable handoff={handoff} mayAskAgain={mayAskAgain} />}
        {status === "ready" && <AssessmentContent handoff={handoff} />}
      </div>
      <Announcer message={SAID[status]} />
    </section>
  );
}
