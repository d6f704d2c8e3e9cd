import type { Step } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { ResultMark } from "@/shared/ui/result-mark";
import { UserText } from "@/shared/ui/user-text";

import classes from "./turn.module.css";

/** A step, what was seen and what came of it. */
export function StepTurn({ step }: { step: Step }) {
  return (
    <article className={classes.step}>
      <UserText lines className={classes.action}>
        {step.action}
      </UserText>
      {step.finding && <UserText lines>{step.finding}</UserText>}
      <p className={classes.facts}>
        <ResultMark result={step.result} />
        {step.evidence === "reported" && <span>reported, not seen</span>}
        <UserText>{step.author.name}</UserText>
        <Age at={step.created_at} />
        {step.edited_at && <span>edited</span>}
      </p>
    </article>
  );
}
