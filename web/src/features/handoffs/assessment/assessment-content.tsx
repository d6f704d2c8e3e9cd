import type { Assessment, Handoff } from "@/shared/api/types";
import { Expandable } from "@/shared/ui/expandable";
import { Mark } from "@/shared/ui/mark";
import { Prose } from "@/shared/ui/prose";
import { useFold } from "@/shared/ui/use-fold";
import { UserText } from "@/shared/ui/user-text";

import classes from "./assessment-content.module.css";
import { EvidenceLinks } from "./evidence-links";

/** The assessment: likely cause or "inconclusive", suggested steps, causes ruled out. */
export function AssessmentContent({ handoff }: { handoff: Handoff }) {
  const assessment = handoff.ai_assessment_data;
  const suggested = assessment?.suggested_steps ?? [];
  const ranks = [...suggested].sort((one, other) => Number(one.already_tried) - Number(other.already_tried));
  const { placeOf, button } = useFold(suggested.length, { wide: 3, narrow: 1, what: "suggested steps" });
  if (!assessment) return <Prose>{handoff.ai_assessment ?? "The assessment is empty."}</Prose>;
  const steps = [...handoff.snapshot.steps, ...handoff.since.steps].map((step) => step.seq);
  return (
    <div className={classes.reading}>
      <LikelyCause assessment={assessment} />
      {assessment.suggested_steps.length > 0 && (
        <div>
          <h3 className={classes.label}>Suggested next steps</h3>
          <ol className={classes.suggestions}>
            {assessment.suggested_steps.map((step, index) => (
              <li key={index} data-tried={step.already_tried || undefined} {...placeOf(ranks.indexOf(step))}>
                <UserText className={classes.text}>{step.text}</UserText>
                {step.already_tried && (
                  <Mark tone="amber" badge small>
                    Already tried
                  </Mark>
                )}
                {step.why && <UserText className={classes.why}>{step.why}</UserText>}
                <EvidenceLinks evidence={step.evidence} steps={steps} />
              </li>
            ))}
          </ol>
          {button}
        </div>
      )}
      {assessment.ruled_out.length > 0 && (
        <div>
          <h3 className={classes.label}>Ruled out</h3>
          <ul className={classes.ruled}>
            {assessment.ruled_out.map((ruled, index) => (
              <li key={index}>
                <UserText>{ruled.cause}</UserText> <EvidenceLinks evidence={ruled.evidence} steps={steps} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function LikelyCause({ assessment }: { assessment: Assessment }) {
  const { likely_cause: cause, inconclusive } = assessment;
  return (
    <div>
      <h3 className={classes.label}>{inconclusive || !cause ? "Inconclusive" : "Likely cause"}</h3>
      {cause ? (
        <Expandable lines={4} label="the likely cause">
          <UserText className={classes.cause}>{cause}</UserText>
        </Expandable>
      ) : (
        <p className={classes.cause}>What was recorded points to no single cause.</p>
      )}
    </div>
  );
}
