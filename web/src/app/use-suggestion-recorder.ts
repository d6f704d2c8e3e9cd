import type { SuggestionRecorder } from "@/features/handoffs/rail/handoff-rail";
import { useRecordStep } from "@/features/sessions/api/mutations";
import type { Composer } from "@/features/sessions/composer/use-composer";
import type { Session } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";

/** Records suggested steps of a session with one click. `onFilled` is called when one was put into the step form instead. */
export function useSuggestionRecorder(session: Session, composer: Composer, onFilled: () => void): SuggestionRecorder {
  const recordMutation = useRecordStep(session.id, () => confirm("Step recorded."));
  return {
    isPending: recordMutation.isPending,
    error: recordMutation.error,
    onRecord: (action, result) =>
      recordMutation.mutate({ action, result, finding: null, evidence: "observed", epoch: session.epoch }),
    onFill: (action) => {
      composer.suggest(action);
      onFilled();
    },
  };
}
