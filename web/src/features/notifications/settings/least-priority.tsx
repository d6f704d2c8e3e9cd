import { NativeSelect } from "@mantine/core";

import type { Priority } from "@/shared/api/types";

const CHOICES: { value: Priority | "never"; label: string }[] = [
  { value: "low", label: "Every priority" },
  { value: "normal", label: "Normal and above" },
  { value: "high", label: "High and urgent" },
  { value: "urgent", label: "Urgent" },
  { value: "never", label: "Never" },
];

interface Props {
  label: string;
  value: Priority | null;
  onChange: (least: Priority | null) => void;
}

/** From which priority up a sort of event is told by a kind of message; null for never. */
export function LeastPriority({ label, value, onChange }: Props) {
  return (
    <NativeSelect
      label={label}
      data={CHOICES}
      value={value ?? "never"}
      onChange={(event) => {
        const chosen = CHOICES.find((choice) => choice.value === event.currentTarget.value)?.value ?? "never";
        onChange(chosen === "never" ? null : chosen);
      }}
    />
  );
}
