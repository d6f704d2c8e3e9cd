import { type RefObject, useEffect, useState } from "react";

import { useSaveIntegration } from "@/features/integrations/api/mutations";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import { type FieldError, fieldErrors } from "@/shared/api/problem";
import type { Integration } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";

import { changeOf, draftOf, type IntegrationDraft } from "./integration-draft";
import { ownersTrouble } from "./owners-text";

/** The state that the parts of the form share. */
export interface FormPart {
  draft: IntegrationDraft;
  change: (change: Partial<IntegrationDraft>) => void;
  /** Returns the API's errors for the field at a JSON pointer and for anything below it. */
  errorAt: (pointer: string) => string | null;
}

/** The form's draft and the mutation that saves it. */
export function useIntegrationForm(
  id: string,
  start: IntegrationDraft,
  box: RefObject<HTMLFormElement | null>,
  onSaved: (saved: Integration) => void,
) {
  const [kept, setKept] = useState(start);
  const [draft, setDraft] = useState(start);
  const saveMutation = useSaveIntegration(id, (saved) => {
    setKept(draftOf(saved));
    setDraft(draftOf(saved));
    confirm("Saved.");
    onSaved(saved);
  });
  const errors = fieldErrors(saveMutation.error);
  const isWithin = (pointer: string) => (one: FieldError) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`);
  const places = placesOf(draft);

  // Moves the focus to the first invalid field, which may be out of view.
  useEffect(() => {
    if (saveMutation.error) box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [saveMutation.error, box]);

  return {
    draft,
    isDirty: JSON.stringify(changeOf(draft)) !== JSON.stringify(changeOf(kept)),
    change: (change: Partial<IntegrationDraft>) => setDraft((before) => ({ ...before, ...change })),
    errorAt: (pointer: string) => errors.filter(isWithin(pointer)).map(({ detail }) => detail).join(" ") || null,
    isShown: (error: FieldError) => places.some((pointer) => isWithin(pointer)(error)),
    isReady: ownersTrouble(draft.owners) === null,
    saveMutation,
    submit: () => saveMutation.mutate(changeOf(draft)),
  };
}

function placesOf({ kind }: IntegrationDraft): string[] {
  const { settings, secrets } = PSA_KINDS[kind];
  return [
    "/name",
    "/base_url",
    "/ticket_mapping/status_on_claim",
    "/ticket_mapping/status_on_resolve",
    "/ticket_mapping/closed_statuses",
    "/ticket_mapping/owner_ids",
    ...settings.map(({ name }) => `/settings/${kind}/${name}`),
    ...secrets.map(({ name }) => `/secrets/${name}`),
  ];
}
