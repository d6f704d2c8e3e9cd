import { type RefObject, useEffect, useState } from "react";

import { useSaveRota } from "@/features/clock/api/mutations";
import { useRota } from "@/features/clock/api/queries";
import { isSame, type Merged, mergeParts } from "@/features/clock/fields/merge";
import { type FieldError, fieldErrors, Problem } from "@/shared/api/problem";
import type { SavedRota } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";

import { draftOf, PARTS, type RotaDraft, rotaOf } from "./rota-draft";

interface Start {
  draft: RotaDraft;
  /** Null for a rota that is not saved yet. */
  version: number | null;
}

interface Given {
  id: string;
  start: Start;
  box: RefObject<HTMLFormElement | null>;
  onSaved: (saved: SavedRota) => void;
}

/** The draft of a rota, its errors, and the mutation that saves it. */
export function useRotaForm({ id, start: given, box, onSaved }: Given) {
  const { refetch } = useRota(id, false);
  const [start, setStart] = useState(given);
  const [draft, setDraft] = useState(given.draft);
  const [troubles, setTroubles] = useState<FieldError[]>([]);
  const [merge, setMerge] = useState<Merged<RotaDraft> | null>(null);
  const saveMutation = useSaveRota(id, (saved) => {
    setStart({ draft: draftOf(saved), version: saved.version });
    setDraft(draftOf(saved));
    setMerge(null);
    confirm("The rota is saved.");
    onSaved(saved);
  });
  const mergeNewest = async () => {
    const { data } = await refetch();
    if (!data) return;
    const theirs = draftOf(data);
    setStart({ draft: theirs, version: data.version });
    setDraft((now) => mergeParts(start.draft, now, theirs, PARTS).draft);
    setMerge(mergeParts(start.draft, draft, theirs, PARTS));
  };
  const submit = () => {
    const { rota, troubles: found } = rotaOf(draft);
    setTroubles(found);
    saveMutation.reset();
    if (found.length > 0) return;
    const body = { name: draft.name.trim(), rota, version: start.version };
    saveMutation.mutate(body, { onError: (error) => void (isOvertaken(error) && mergeNewest()) });
  };
  // Moves the focus to the first invalid field, which may be out of view.
  useEffect(() => {
    if (troubles.length > 0 || saveMutation.error) box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [troubles, saveMutation.error, box]);

  const errors = [...troubles, ...fieldErrors(saveMutation.error).map(ofRota)];
  return {
    draft,
    change: (part: Partial<RotaDraft>) => setDraft((before) => ({ ...before, ...part })),
    errorAt: (pointer: string) =>
      errors.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)).map(({ detail }) => detail).join(" ") || null,
    isShown: (error: FieldError) => /^\/(name|time_zone|people|handover|length|starts_on|overrides)(\/|$)/.test(ofRota(error).pointer),
    error: isOvertaken(saveMutation.error) ? null : saveMutation.error,
    merge,
    isDirty: !isSame(start.draft, draft),
    isSaving: saveMutation.isPending,
    submit,
  };
}

const isOvertaken = (error: Error | null) => error instanceof Problem && error.code === "invalid_state";

/** Some errors name the place in the body, others the place in the rota. */
const ofRota = ({ pointer, detail }: FieldError): FieldError => ({ pointer: pointer.replace(/^\/rota(?=\/|$)/, ""), detail });
