import { NativeSelect } from "@mantine/core";
import { IconX } from "@tabler/icons-react";

import classes from "@/features/clock/fields/fields.module.css";
import { FieldGroup } from "@/features/clock/fields/field-group";
import { useEngineers } from "@/shared/api/engineers";
import { usePersonWords } from "@/shared/api/person-words";
import { GROUPS, isPerson, targetName, targetOf } from "@/shared/ui/targets";

interface Props {
  legend: string;
  value: string[];
  onChange: (tell: string[]) => void;
  error: string | null;
}

/** Whom a step tells: groups, and people by name. */
export function TellField({ legend, value, onChange, error }: Props) {
  const people = useEngineers().data ?? [];
  const wordsOf = usePersonWords();
  const without = (target: string) => value.filter((one) => one !== target);
  const others = people.filter(({ id }) => !value.includes(targetOf(id)));
  return (
    <FieldGroup legend={legend} error={error}>
      <div className={classes.pills}>
        {GROUPS.map(({ target, label }, index) => (
          <label key={target} className={classes.choice}>
            <input
              type="checkbox"
              checked={value.includes(target)}
              onChange={(event) => onChange(event.currentTarget.checked ? [...value, target] : without(target))}
              aria-invalid={(error !== null && index === 0) || undefined}
            />
            {label}
          </label>
        ))}
        {value.filter(isPerson).map((target) => {
          const name = targetName(target, people);
          return (
            <span key={target} className={classes.pill}>
              <bdi>{name}</bdi>
              <button type="button" aria-label={`Do not tell ${name}`} onClick={() => onChange(without(target))}>
                <IconX size={14} aria-hidden="true" />
              </button>
            </span>
          );
        })}
        <NativeSelect
          aria-label={`${legend}: add a person`}
          size="xs"
          data={[{ value: "", label: "Add a person" }, ...others.map((one) => ({ value: targetOf(one.id), label: wordsOf(one) }))]}
          value=""
          onChange={(event) => event.currentTarget.value && onChange([...value, event.currentTarget.value])}
        />
      </div>
    </FieldGroup>
  );
}
