import { TextInput } from "@mantine/core";

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange: (text: string) => void;
  error: string | null;
  unit?: string;
  disabled?: boolean;
}

/** A whole number with its unit. It is kept as text, so that what cannot be read stays to be corrected. */
export function NumberField({ label, unit, value, onChange, error, ...rest }: Props) {
  return (
    <TextInput
      {...rest}
      label={unit ? `${label} (${unit})` : label}
      inputMode="numeric"
      maxLength={6}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
