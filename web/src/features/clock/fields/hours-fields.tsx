import { TextInput } from "@mantine/core";

import classes from "./fields.module.css";
import { FieldGroup } from "./field-group";
import { type HoursText, midnightNote } from "./hours-text";
import { WEEKDAY_NAMES, WEEKDAYS } from "./weekdays";

interface Props {
  value: HoursText;
  onChange: (hours: HoursText) => void;
  /** Errors of a weekday, and of the week as a whole. */
  errorAt: (day: string) => string | null;
  error: string | null;
}

/** The working hours of each weekday, as text. */
export function HoursFields({ value, onChange, errorAt, error }: Props) {
  return (
    <FieldGroup
      legend="Working hours"
      hint="As 08:00-12:00, 13:00-18:00. A span that ends before it begins crosses midnight and belongs to the day it begins on; 24:00 is the end of a day. An empty day is closed."
      error={error}
    >
      <div className={classes.days}>
        {WEEKDAYS.map((day) => (
          <TextInput
            key={day}
            label={WEEKDAY_NAMES[day]}
            placeholder="Closed"
            autoComplete="off"
            value={value[day]}
            onChange={(event) => onChange({ ...value, [day]: event.currentTarget.value })}
            description={midnightNote(value[day], day)}
            inputWrapperOrder={["label", "input", "description", "error"]}
            error={errorAt(day)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
