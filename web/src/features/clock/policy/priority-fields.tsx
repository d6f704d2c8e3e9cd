import classes from "@/features/clock/fields/fields.module.css";
import { FieldGroup } from "@/features/clock/fields/field-group";
import { Foldable } from "@/features/clock/fields/foldable";
import { NumberField } from "@/features/clock/fields/number-field";
import { useEngineers } from "@/shared/api/engineers";
import type { Priority } from "@/shared/api/types";
import { PriorityBadge } from "@/shared/ui/priority-badge";

import { rulesWords } from "./draft-words";
import { LadderFields } from "./ladder-fields";
import type { RulesDraft } from "./policy-draft";
import type { Errors } from "./use-policy-form";

interface Props {
  priority: Priority;
  rules: RulesDraft;
  onChange: (rules: RulesDraft) => void;
  errors: Errors;
}

/** The rules of one priority: its ladder, its repetition, and what becomes of a claim that is quiet. */
export function PriorityFields({ priority, rules, onChange, errors }: Props) {
  const people = useEngineers().data ?? [];
  const pointer = `/priorities/${priority}`;
  const change = (part: Partial<RulesDraft>) => onChange({ ...rules, ...part });
  return (
    <Foldable
      title={<PriorityBadge priority={priority} />}
      summary={rulesWords(rules, people)}
      hasError={errors.at(pointer) !== null}
    >
      <label>
        <input
          type="checkbox"
          checked={rules.aroundTheClock}
          onChange={(event) => change({ aroundTheClock: event.currentTarget.checked })}
        />{" "}
        Around the clock: minutes pass also outside working hours
      </label>
      <LadderFields steps={rules.ladder} onChange={(ladder) => change({ ladder })} pointer={`${pointer}/ladder`} errors={errors} />
      <div className={classes.numbers}>
        <NumberField
          label="Repeat the steps"
          unit="times"
          value={rules.repeat}
          onChange={(repeat) => change({ repeat })}
          error={errors.at(`${pointer}/repeat`)}
        />
      </div>
      <FieldGroup
        legend="While somebody holds it, and nothing happens"
        hint="The holder is asked whether they are still on it; without an answer it goes back to the queue. Leave both empty to leave a quiet claim alone."
        error={errors.of(pointer)}
      >
        <div className={classes.numbers}>
          <NumberField
            label="Ask after"
            unit="min"
            value={rules.idleAfterMin}
            onChange={(idleAfterMin) => change({ idleAfterMin })}
            error={errors.at(`${pointer}/idle_after_min`)}
          />
          <NumberField
            label="Return after another"
            unit="min"
            value={rules.returnAfterMin}
            onChange={(returnAfterMin) => change({ returnAfterMin })}
            error={errors.at(`${pointer}/return_after_min`)}
          />
        </div>
      </FieldGroup>
    </Foldable>
  );
}
