import { ActionIcon, NativeSelect } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";

import { FieldGroup } from "@/features/clock/fields/field-group";
import { useEngineers } from "@/shared/api/engineers";
import { usePersonWords } from "@/shared/api/person-words";
import { nameOfId } from "@/shared/ui/targets";

import classes from "./rota-form.module.css";

interface Props {
  value: string[];
  onChange: (people: string[]) => void;
  error: string | null;
}

/** The people of a rota, in the order in which they take turns. Somebody may be in it more than once. */
export function PeopleField({ value, onChange, error }: Props) {
  const everybody = useEngineers().data ?? [];
  const people = everybody.filter(({ role }) => role !== "viewer");
  const wordsOf = usePersonWords();
  const nameOf = (id: string) => nameOfId(id, everybody);
  const swap = (one: number, other: number) => onChange(value.map((id, at) => value[at === one ? other : at === other ? one : at] ?? id));
  return (
    <FieldGroup legend="People, in order" error={error}>
      {value.length > 0 && (
        <ol className={classes.people} aria-label="People, in order">
          {value.map((id, index) => (
            <li key={`${index} ${id}`} className={classes.person}>
              <span className={classes.name}>
                {index + 1}. <bdi>{nameOf(id)}</bdi>
              </span>
              {index > 0 && <Step Icon={IconArrowUp} label={`Move ${nameOf(id)} up`} onClick={() => swap(index, index - 1)} />}
              {index < value.length - 1 && (
                <Step Icon={IconArrowDown} label={`Move ${nameOf(id)} down`} onClick={() => swap(index, index + 1)} />
              )}
              <Step Icon={IconTrash} label={`Remove ${nameOf(id)}`} onClick={() => onChange(value.filter((_, at) => at !== index))} />
            </li>
          ))}
        </ol>
      )}
      <NativeSelect
        aria-label="Add a person to the order"
        data={[{ value: "", label: "Add a person" }, ...people.map((one) => ({ value: one.id, label: wordsOf(one) }))]}
        value=""
        onChange={(event) => event.currentTarget.value && onChange([...value, event.currentTarget.value])}
        error={error !== null}
      />
    </FieldGroup>
  );
}

function Step({ Icon, label, onClick }: { Icon: typeof IconTrash; label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} onClick={onClick}>
      <Icon size={16} aria-hidden="true" />
    </ActionIcon>
  );
}
