import type { Step } from "@/shared/api/types";
import { ResultMark } from "@/shared/ui/result-mark";
import { UserText } from "@/shared/ui/user-text";
import { Withdrawn } from "@/shared/ui/withdrawn";

import classes from "./tried-section.module.css";

interface Props {
  steps: Step[];
  from?: number;
  /** Whether a step is folded away. */
  placeOf?: (step: Step) => object;
}

/** Steps in order, each a target for the evidence of the assessment. `from` is the number of the first. */
export function StepList({ steps, from = 1, placeOf }: Props) {
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <li key={step.seq} id={`step-${step.seq}`} tabIndex={-1} className={classes.step} {...placeOf?.(step)}>
          <span className={classes.number}>{from + index}</span>
          <div>
            <Withdrawn turn={step}>
              <UserText lines className={classes.action}>
                {step.action}
              </UserText>
            </Withdrawn>
            {step.finding && (
              <UserText lines className={classes.finding}>
                {step.finding}
              </UserText>
            )}
          </div>
          <span className={classes.result}>
            {!step.struck && <ResultMark result={step.result} />}
            {step.evidence === "reported" && <span className={classes.reported}>reported</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
