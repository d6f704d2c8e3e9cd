import { useMemo } from "react";

import type { SuggestionRecorder } from "@/features/handoffs/rail/handoff-rail";
import { useRecordStep } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";

/** Records suggested steps of a session with one click. `onFill` is called with one that is to be put into the step form instead. */
export function useSuggestionRecorder({ id, epoch }: Session, onFill: (action: string) => void): SuggestionRecorder {
  const { isPending, error, mutate } = useRecordStep(id, () => confirm("Step recorded."));
  return useMemo(
    () => ({
      isPending,
      error,
      onRecord: (action, result) => mutate({ action, result, finding: null, evidence: "observed", epoch }),
      onFill,
    }),
    [isPending, error, mutate, epoch, onFill],
  );
}
