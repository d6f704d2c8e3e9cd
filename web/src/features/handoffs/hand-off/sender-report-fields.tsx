import { TextInput } from "@mantine/core";

import type { Affected, Reason } from "@/shared/api/types";
import { LIMITS, tooLong } from "@/shared/ui/limits";
import { AFFECTED, REASONS } from "@/shared/ui/sender-report";

import { ChipChoice } from "./chip-choice";

interface Report {
  suspicion: string;
  reason: Reason | null;
  affected: Affected | null;
}

interface Props {
  draft: Report;
  onChange: (change: Partial<Report>) => void;
}

/** What the sender suspects, why they go no further and whom it hits: one field and one click each, all optional. */
export function SenderReportFields({ draft, onChange }: Props) {
  return (
    <>
      <TextInput
        label="I suspect"
        placeholder="Optional"
        value={draft.suspicion}
        onChange={(event) => onChange({ suspicion: event.currentTarget.value })}
        error={tooLong(draft.suspicion.trim(), LIMITS.short)}
      />
      <ChipChoice label="Why" choices={REASONS} value={draft.reason} onChange={(reason) => onChange({ reason })} />
      <ChipChoice label="Affected" choices={AFFECTED} value={draft.affected} onChange={(affected) => onChange({ affected })} />
    </>
  );
}
