import { useState } from "react";

import { isSame as meansSame } from "./is-same";

/** A version of what a settings form edits, and the draft that it makes. */
export interface Version<Draft> {
  /** Null for what was never saved. */
  version: number | null;
  draft: Draft;
}

type Compare<Draft> = (one: Draft, other: Draft) => boolean;

/**
 * Holds what a person changes in a settings form that is filled from a query. A version that was saved elsewhere is shown at
 * once while there is nothing to lose here. Else what was typed stays, and the other version is offered as `newer`.
 */
export function useFormDraft<Draft extends object>(saved: Version<Draft>, isSame: Compare<Draft> = meansSame) {
  const [start, setStart] = useState(saved);
  const [draft, setDraft] = useState(saved.draft);
  const isDirty = !isSame(start.draft, draft);

  /** Drops what was typed, and goes on from a version. */
  const begin = (from: Version<Draft>) => {
    setStart(from);
    setDraft(from.draft);
  };

  const isNewer = saved.version !== null && saved.version > (start.version ?? -1);
  if (isNewer && (!isDirty || isSame(saved.draft, draft))) begin(saved);
  else if (isNewer && isSame(saved.draft, start.draft)) setStart(saved); // What the form does not show has changed.

  return {
    /** The version that the draft was made from. */
    start,
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    isDirty,
    /** The version that was saved elsewhere since; null where there is none. */
    newer: isNewer && isDirty ? saved : null,
    begin,
    /** Takes another version as the one that the draft was made from, with a draft that has its changes. */
    rebase: (onto: Version<Draft>, merged: (mine: Draft) => Draft) => {
      setStart(onto);
      setDraft(merged);
    },
  };
}
