import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import { FieldGroup } from "@/features/clock/fields/field-group";
import { NumberField } from "@/features/clock/fields/number-field";

import { newStep, type StepDraft } from "./policy-draft";
import classes from "./policy-form.module.css";
import { TellField } from "./tell-field";
import type { Errors } from "./use-policy-form";

const MOST_STEPS = 20;
const NEXT_MIN = 30;

interface Props {
  steps: StepDraft[];
  onChange: (steps: StepDraft[]) => void;
  /** The place of the ladder in the policy. */
  pointer: string;
  errors: Errors;
}

/** The steps of a ladder: after how long whom to tell. */
export function LadderFields({ steps, onChange, pointer, errors }: Props) {
  const change = (key: string, part: Partial<StepDraft>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...part } : step)));
  const last = Number(steps.at(-1)?.afterMin ?? 0) || 0;
  return (
    <FieldGroup
      legend="While nobody picks it up"
      hint="Minutes count from the hand off. People who are away are told only when nobody else is left."
      error={errors.of(pointer)}
    >
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.key} className={classes.step}>
            <NumberField
              label="After"
              unit="min"
              value={step.afterMin}
              onChange={(afterMin) => change(step.key, { afterMin })}
              error={errors.at(`${pointer}/${index}/after_min`) ?? errors.of(`${pointer}/${index}`)}
            />
            <TellField
              legend={`Step ${index + 1} tells`}
              value={step.tell}
              onChange={(tell) => change(step.key, { tell })}
              error={errors.at(`${pointer}/${index}/tell`)}
            />
            {steps.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={`Remove step ${index + 1}`}
                onClick={() => onChange(steps.filter(({ key }) => key !== step.key))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      {steps.length < MOST_STEPS && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange([...steps, newStep(String(steps.length === 0 ? 0 : last + NEXT_MIN))])}
        >
          Add a step
        </Button>
      )}
    </FieldGroup>
  );
}
