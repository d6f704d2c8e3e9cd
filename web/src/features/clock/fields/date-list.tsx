import { Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";

import { dateText } from "@/shared/ui/local-time";

import classes from "./fields.module.css";
import { FieldGroup } from "./field-group";

interface Props {
  value: string[];
  onChange: (dates: string[]) => void;
  error: string | null;
}

/** Holidays as dates, in order and each once. */
export function DateList({ value, onChange, error }: Props) {
  const [date, setDate] = useState("");
  const add = () => {
    if (date === "") return;
    onChange([...new Set([...value, date])].sort());
    setDate("");
  };
  const addOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // The form is not sent.
    add();
  };
  return (
    <FieldGroup legend="Holidays" hint="On a holiday no hours begin: those of the night before go on until their end." error={error}>
      {value.length > 0 && (
        <ul className={classes.pills} aria-label="Holidays">
          {value.map((day) => (
            <li key={day} className={classes.pill}>
              {dateText(day)}
              <button type="button" aria-label={`Remove ${dateText(day)}`} onClick={() => onChange(value.filter((one) => one !== day))}>
                <IconX size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.inline}>
        <TextInput
          type="date"
          aria-label="Date of a holiday"
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
          onKeyDown={addOnEnter}
        />
        <Button variant="default" disabled={date === ""} onClick={add}>
          Add the holiday
        </Button>
        {value.length > 1 && (
          <Button variant="subtle" color="gray" onClick={() => onChange([])}>
            Remove all
          </Button>
        )}
      </div>
    </FieldGroup>
  );
}
