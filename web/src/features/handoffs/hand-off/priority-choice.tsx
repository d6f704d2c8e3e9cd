import type { Priority } from "@/shared/api/types";
import fieldset from "@/shared/ui/fieldset.module.css";
import { PriorityBadge } from "@/shared/ui/priority-badge";

import classes from "./priority-choice.module.css";

const PRIORITIES: Priority[] = ["urgent", "high", "normal", "low"];

interface Props {
  value: Priority;
  onChange: (priority: Priority) => void;
}

/** A choice of four priorities, each shown as in the queue. */
export function PriorityChoice({ value, onChange }: Props) {
  return (
    <fieldset className={`${fieldset.plain} ${classes.choices}`}>
      <legend className={fieldset.legend}>Priority</legend>
      {PRIORITIES.map((priority) => (
        <label key={priority} className={classes.choice}>
          <input
            type="radio"
            name="priority"
            value={priority}
            aria-label={priority}
            checked={priority === value}
            onChange={() => onChange(priority)}
          />
          <PriorityBadge priority={priority} />
        </label>
      ))}
    </fieldset>
  );
}
