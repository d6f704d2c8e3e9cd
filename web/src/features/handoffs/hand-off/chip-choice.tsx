import fieldset from "@/shared/ui/fieldset.module.css";

import classes from "./chip-choice.module.css";

interface Props<Value extends string> {
  label: string;
  choices: Record<Value, string>;
  value: Value | null;
  onChange: (value: Value | null) => void;
}

/** An optional choice of one, as toggle buttons: a second click takes it back. */
export function ChipChoice<Value extends string>({ label, choices, value, onChange }: Props<Value>) {
  return (
    <fieldset className={`${fieldset.plain} ${classes.choices}`}>
      <legend className={fieldset.legend}>{label}</legend>
      {(Object.keys(choices) as Value[]).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === value}
          className={classes.choice}
          onClick={() => onChange(choice === value ? null : choice)}
        >
          {choices[choice]}
        </button>
      ))}
    </fieldset>
  );
}
