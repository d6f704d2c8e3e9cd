import { Radio } from "@mantine/core";

import type { Verdict } from "@/shared/api/types";
import form from "@/shared/ui/form.module.css";

const VERDICTS: { value: Verdict; label: string }[] = [
  { value: "right", label: "It was right" },
  { value: "partly", label: "Partly right" },
  { value: "wrong", label: "It was wrong" },
  { value: "unknown", label: "Can't say" },
];

interface Props {
  value: Verdict | null;
  onChange: (verdict: Verdict) => void;
}

/** Asks whether the assessment was right. Nothing is chosen beforehand. */
export function VerdictChoice({ value, onChange }: Props) {
  return (
    <Radio.Group
      label="Was the AI assessment right?"
      value={value ?? ""}
      onChange={(chosen) => onChange(chosen as Verdict)}
      required
    >
      <div className={form.options}>
        {VERDICTS.map((verdict) => (
          <Radio key={verdict.value} value={verdict.value} label={verdict.label} />
        ))}
      </div>
    </Radio.Group>
  );
}
