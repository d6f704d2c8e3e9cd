import { type RefObject, useEffect, useState } from "react";

import { useSaveRota } from "@/features/clock/api/mutations";
import { useRota } from "@/features/clock/api/queries";
import { useMerge } from "@/features/clock/fields/use-merge";
import { type FieldError, fieldErrors, Problem } from "@/shared/api/problem";
import type { SavedRota } from "@/shared/api/types";
import { useFormDraft, type Version } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";

import { mergeRotas, type RotaDraft, rotaOf, versionOf } from "./rota-draft";

interface Given {
  /** The id of the rota, made with the form for a new one. */
  id: string;
  saved: Version<RotaDraft>;
  box: RefObject<HTMLFormElement | null>;
  onSaved: (saved: SavedRota) => void;
}

/** The draft of a rota, its errors, and the mutation that saves it. */
export function useRotaForm({ id: givenId, saved: given, box, onSaved }: Given) {
  const name = given.version === null ? "rota.new" : `rota.${givenId}`;
  const form = useFormDraft({ id: givenId, name, saved: given, read: rotaOf });
  const { id, start, draft, change, isDirty, newer, begin } = form;
  const { merge, mergeWith, forgetMerge } = useMerge(form, mergeRotas);
  const { refetch } = useRota(id, false);
  const [troubles, setTroubles] = useState<FieldError[]>([]);
  const saveMutation = useSaveRota(id, (saved) => {
    begin(versionOf(saved));
    forgetMerge();
    confirm("The rota is saved.");
    onSaved(saved);
  });
  const mergeNewest = async () => {
    const { data } = await refetch();
    if (data) mergeWith(versionOf(data));
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
    change,
    errorAt: (pointer: string) =>
      errors.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)).map(({ detail }) => detail).join(" ") || null,
    isShown: (error: FieldError) => /^\/(name|time_zone|people|handover|length|starts_on|overrides)(\/|$)/.test(ofRota(error).pointer),
    error: isOvertaken(saveMutation.error) ? null : saveMutation.error,
    merge,
    /** Merges the version that was saved elsewhere; null where there is none. */
    load: newer && !saveMutation.isPending ? () => mergeWith(newer) : null,
    isDirty,
    isSaving: saveMutation.isPending,
    omitted: form.omitted,
    discard: () => {
      saveMutation.reset();
      setTroubles([]);
      forgetMerge();
      form.discard();
    },
    submit,
  };
}

const isOvertaken = (error: Error | null) => error instanceof Problem && error.code === "invalid_state";

/** Some errors name the place in the body, others the place in the rota. */
const ofRota = ({ pointer, detail }: FieldError): FieldError => ({ pointer: pointer.replace(/^\/rota(?=\/|$)/, ""), detail });
