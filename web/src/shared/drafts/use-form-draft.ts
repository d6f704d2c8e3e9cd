import { useEffect, useState } from "react";

import { useMe } from "@/shared/api/me";

import { isSame as meansSame } from "./is-same";
import { keepForm, type Omission, readForm } from "./kept-form";
import { keep, useSlot } from "./use-draft";

/** A version of what a settings form edits, and the draft that it makes. */
export interface Version<Draft> {
  /** Null for what was never saved. */
  version: number | null;
  draft: Draft;
}

interface Given<Draft> {
  /** The name under which the draft is kept. It says what is edited, or that it is new. */
  name: string;
  /** The id of what is edited, for a form that can also add a new one. */
  id?: string;
  saved: Version<Draft>;
  /** Whether two drafts would save the same. */
  isSame?: (one: Draft, other: Draft) => boolean;
  /** Leaves out what must not be stored in the browser, and names it. */
  omit?: (draft: Draft) => Omission<Draft>;
  /** Reads a draft as saving does. It throws for one that another version of the page has kept. */
  read?: (draft: Draft) => unknown;
}

export interface FormDraft<Draft> {
  /** The id of what is edited: for a new one that of before the reload, so that a retry adds no second one. */
  id: string;
  /** The version that the draft was made from. */
  start: Version<Draft>;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  isDirty: boolean;
  /** The version that was saved elsewhere since; null where there is none. */
  newer: Version<Draft> | null;
  /** Names what was left out of the draft when it was kept; null where nothing was kept. */
  omitted: string[] | null;
  /** Drops what was typed, and goes on from a version. */
  begin: (from: Version<Draft>) => void;
  /** Drops what was typed, and goes on from what is saved. */
  discard: () => void;
  /** Takes another version as the one that the draft was made from, with a draft that has its changes. */
  rebase: (onto: Version<Draft>, merged: (mine: Draft) => Draft) => void;
}

/**
 * Holds what a person changes in a settings form that is filled from a query. A version that was saved elsewhere is shown at
 * once while there is nothing to lose here. Else what was typed stays, and the other version is offered as `newer`.
 *
 * What was typed is kept in this browser, per account and person, while the form is on the screen: it is there again after a
 * lost sign-in or a reload. Saving, discarding and leaving the page by its links drop it.
 */
export function useFormDraft<Draft extends object>({ name, id = name, saved, isSame = meansSame, omit, read }: Given<Draft>): FormDraft<Draft> {
  const slot = useSlot(`form.${useMe().account_id}.${name}`);
  const [kept, setKept] = useState(() => readForm(slot, saved.draft, read));
  const [start, setStart] = useState<Version<Draft>>(kept ? { version: kept.version, draft: kept.base } : saved);
  const [draft, setDraft] = useState(kept?.draft ?? saved.draft);
  const isDirty = !isSame(start.draft, draft);

  useEffect(() => {
    if (isDirty) keepForm(slot, { id: kept?.id ?? id, version: start.version, base: start.draft, draft, omitted: kept?.omitted ?? [] }, omit);
    else keep(slot, null);
  }, [slot, id, kept, start, draft, isDirty, omit]);
  useEffect(() => () => keep(slot, null), [slot]);

  const goOn = (from: Version<Draft>) => {
    setStart(from);
    setDraft(from.draft);
  };
  const begin = (from: Version<Draft>) => {
    setKept(null);
    goOn(from);
  };
  const isNewer = saved.version !== null && saved.version > (start.version ?? -1);
  if (isNewer && (!isDirty || isSame(saved.draft, draft))) goOn(saved);
  else if (isNewer && isSame(saved.draft, start.draft)) setStart(saved); // What the form does not show has changed.

  return {
    id: kept?.id ?? id,
    start,
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    isDirty,
    newer: isNewer && isDirty ? saved : null,
    omitted: kept && (isDirty || kept.omitted.length > 0) ? kept.omitted : null,
    begin,
    discard: () => begin(saved),
    rebase: (onto, merged) => {
      setStart(onto);
      setDraft(merged);
    },
  };
}
