import type { StepResult } from "@/shared/api/types";
import { RESULTS } from "@/shared/ui/result-mark";

import classes from "./result-choice.module.css";

interface Props {
  value: StepResult | null;
  onChange: (result: StepResult) => void;
}

const CHOICES = Object.keys(RESULTS) as StepResult[];

/** A choice of a step's results. None is preselected, so that nobody records one by accident. */
export function ResultChoice({ value, onChange }: Props) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>Result</legend>
      {CHOICES.map((result) => {
        const { label, tone, Icon } = RESULTS[result];
        return (
          <label key={result} className={classes.choice} data-tone={tone} data-chosen={value === result || undefined}>
            <input
              type="radio"
              name="result"
              value={result}
              checked={value === result}
              onChange={() => onChange(result)}
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
