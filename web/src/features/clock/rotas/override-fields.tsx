import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import { FieldGroup } from "@/features/clock/fields/field-group";
import { useEngineers } from "@/shared/api/engineers";
import { usePersonWords } from "@/shared/api/person-words";
import { nameOfId } from "@/shared/ui/targets";

import { newOverride, type OverrideDraft } from "./rota-draft";
import classes from "./rota-form.module.css";

interface Props {
  value: OverrideDraft[];
  onChange: (overrides: OverrideDraft[]) => void;
  errorAt: (pointer: string) => string | null;
}

/** Who is on call for a span, whatever the order says. */
export function OverrideFields({ value, onChange, errorAt }: Props) {
  const everybody = useEngineers().data ?? [];
  const people = everybody.filter(({ role }) => role !== "viewer");
  const wordsOf = usePersonWords();
  const change = (key: string, part: Partial<OverrideDraft>) => onChange(value.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const errorOf = (index: number) => errorAt(`/overrides/${index}`);
  const isOfAll = value.every((_, index) => errorOf(index) === null);
  return (
    <FieldGroup
      legend="Overrides"
      hint="Somebody else for a span: a holiday, an exchange. Of several at one time, the last one counts."
      error={isOfAll ? errorAt("/overrides") : null}
    >
      <ul className={classes.overrides} aria-label="Overrides">
        {value.map(({ key, person, begins, ends }, index) => {
          const isKnown = person === "" || people.some(({ id }) => id === person);
          return (
            <li key={key} className={classes.override}>
              <NativeSelect
                label="Who"
                data={[
                  { value: "", label: "Choose" },
                  ...(isKnown ? [] : [{ value: person, label: nameOfId(person, everybody) }]),
                  ...people.map((one) => ({ value: one.id, label: wordsOf(one) })),
                ]}
                value={person}
                onChange={(event) => change(key, { person: event.currentTarget.value })}
                error={errorOf(index)}
              />
              <TextInput
                label="From"
                type="datetime-local"
                value={begins}
                onChange={(event) => change(key, { begins: event.currentTarget.value })}
              />
              <TextInput
                label="Until"
                type="datetime-local"
                value={ends}
                onChange={(event) => change(key, { ends: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={`Remove override ${index + 1}`}
                onClick={() => onChange(value.filter((one) => one.key !== key))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() => onChange([...value, newOverride()])}
      >
        Add an override
      </Button>
    </FieldGroup>
  );
}
