import { useState } from "react";

import type { FormDraft, Version } from "@/shared/drafts/use-form-draft";

import type { Merged } from "./merge";

/** Merges another version into what was typed. `merge` is the result of the last merge, while there are changes to save. */
export function useMerge<Draft>(
  { start, draft, isDirty, rebase }: FormDraft<Draft>,
  mergeDrafts: (base: Draft, mine: Draft, theirs: Draft) => Merged<Draft>,
) {
  const [merge, setMerge] = useState<Merged<Draft> | null>(null);
  return {
    merge: isDirty ? merge : null,
    mergeWith: (theirs: Version<Draft>) => {
      rebase(theirs, (now) => mergeDrafts(start.draft, now, theirs.draft).draft);
      setMerge(mergeDrafts(start.draft, draft, theirs.draft));
    },
    forgetMerge: () => setMerge(null),
  };
}
