import { type RefObject, useEffect } from "react";

import { useSaveIntegration } from "@/features/integrations/api/mutations";
import { useIntegration } from "@/features/integrations/api/queries";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import { type FieldError, fieldErrors } from "@/shared/api/problem";
import type { Integration } from "@/shared/api/types";
import { useFormDraft, type Version } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";

import { changeOf, type IntegrationDraft, readDraft, savesSame, versionOf, withoutSecrets } from "./integration-draft";
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
  givenId: string,
  given: Version<IntegrationDraft>,
  box: RefObject<HTMLFormElement | null>,
  onSaved: (saved: Integration) => void,
) {
  const name = given.version === null ? "integration.new" : `integration.${givenId}`;
  const form = useFormDraft({ id: givenId, name, saved: given, isSame: savesSame, omit: withoutSecrets, read: readDraft });
  const { id, start, draft, change, isDirty, newer, begin } = form;
  const { refetch } = useIntegration(id, false);
  const saveMutation = useSaveIntegration(id, (saved) => {
    begin(versionOf(saved));
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
    isDirty,
    change,
    /** Replaces what was typed by the version that was saved elsewhere; null where there is none. */
    load: newer && !saveMutation.isPending ? () => begin(newer) : null,
    errorAt: (pointer: string) => errors.filter(isWithin(pointer)).map(({ detail }) => detail).join(" ") || null,
    isShown: (error: FieldError) => places.some((pointer) => isWithin(pointer)(error)),
    omitted: form.omitted,
    discard: () => {
      saveMutation.reset();
      form.discard();
    },
    /** Replaces what was typed by the version that is read again; keeps it when that fails. */
    loadNewest: async () => {
      const { isSuccess, data } = await refetch();
      if (!isSuccess) return;
      saveMutation.reset();
      begin(versionOf(data));
    },
    isReady: ownersTrouble(draft.owners) === null,
    saveMutation,
    submit: () => saveMutation.mutate(changeOf(draft, start.version)),
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
