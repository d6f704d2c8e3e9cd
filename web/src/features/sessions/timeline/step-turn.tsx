import type { Step } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { OutcomeMark } from "@/shared/ui/outcome-mark";
import { UserText } from "@/shared/ui/user-text";

import classes from "./turn.module.css";

/** A step and its outcome. */
export function StepTurn({ step }: { step: Step }) {
  return (
    <article className={classes.step}>
      <UserText lines className={classes.action}>
        {step.action}
      </UserText>
      <p className={classes.facts}>
        <OutcomeMark outcome={step.outcome} />
        {step.evidence === "reported" && <span>reported, not seen</span>}
        <UserText>{step.author.name}</UserText>
        <Age at={step.created_at} />
      </p>
    </article>
  );
}
