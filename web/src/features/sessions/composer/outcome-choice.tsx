import type { StepOutcome } from "@/shared/api/types";
import { OUTCOMES } from "@/shared/ui/outcome-mark";

import classes from "./outcome-choice.module.css";

interface Props {
  value: StepOutcome | null;
  onChange: (outcome: StepOutcome) => void;
}

const CHOICES = ["worked", "failed", "inconclusive", "not_run"] as const;

/** A choice of four outcomes. None is preselected, so that nobody records an outcome by accident. */
export function OutcomeChoice({ value, onChange }: Props) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>Outcome</legend>
      {CHOICES.map((outcome) => {
        const { label, tone, Icon } = OUTCOMES[outcome];
        return (
          <label key={outcome} className={classes.choice} data-tone={tone} data-chosen={value === outcome || undefined}>
            <input
              type="radio"
              name="outcome"
              value={outcome}
              checked={value === outcome}
              onChange={() => onChange(outcome)}
              className={classes.input}
            />
            <Icon size={14} stroke={2.5} aria-hidden="true" />
            {label}
          </label>
        );
      })}
    </fieldset>
  );
}
