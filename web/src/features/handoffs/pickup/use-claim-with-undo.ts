import { useRef } from "react";

import { useClaim, useUndoClaim } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";

/** For this long after it was asked for, a claim can be undone. */
const UNDO_MS = 10_000;

/**
 * Claims a handoff and, for ten seconds from the click, offers to undo that. The offer outlives the pickup screen: it stands
 * on whatever page the reader goes to.
 */
export function useClaimWithUndo({ onStarted, onUndone }: { onStarted: () => void; onUndone: () => void }) {
  const askedAt = useRef(0);
  const undoMutation = useUndoClaim(
    () => {
      confirm("Undone. The case waits again, in its old place.");
      onUndone();
    },
    (error) => confirm(`Not undone. ${error.message}`),
  );
  const claimMutation = useClaim((claimed) => {
    const shownMs = UNDO_MS - (performance.now() - askedAt.current);
    if (shownMs > 0) confirm("Picked up. The session is yours.", { label: "Undo", onTake: () => undoMutation.mutate(claimed), shownMs });
    onStarted();
  });
  const claim = (handoff: Handoff) => {
    askedAt.current = performance.now();
    claimMutation.mutate({ ...handoff });
  };
  return { claimMutation, claim };
}
