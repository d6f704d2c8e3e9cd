import { type RefObject, useEffect, useState } from "react";

import { useSavePolicy } from "@/features/clock/api/mutations";
import { usePolicy } from "@/features/clock/api/queries";
import { useMerge } from "@/features/clock/fields/use-merge";
import { type FieldError, fieldErrors, Problem } from "@/shared/api/problem";
import type { SavedPolicy } from "@/shared/api/types";
import { useFormDraft, type Version } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";

import { mergeDrafts } from "./merge-drafts";
import { draftOf, type PolicyDraft } from "./policy-draft";
import { policyOf } from "./policy-of-draft";

/** Errors by place. A pointer is one of the policy's own: `/priorities/urgent/repeat`. */
export interface Errors {
  /** Returns the errors of a field, and of all that is below it. */
  at: (pointer: string) => string | null;
  /** Returns the errors of a group itself, which belong to none of its fields. */
  of: (pointer: string) => string | null;
}

const versionOf = ({ version, policy }: SavedPolicy): Version<PolicyDraft> => ({ version, draft: draftOf(policy) });

/** The draft of the policy, its errors, and the mutation that saves it. */
export function usePolicyForm(saved: SavedPolicy, box: RefObject<HTMLFormElement | null>) {
  const { refetch } = usePolicy();
  const form = useFormDraft({ name: "policy", saved: versionOf(saved), read: policyOf });
  const { start, draft, change, isDirty, newer } = form;
  const { merge, mergeWith, forgetMerge } = useMerge(form, mergeDrafts);
  const [troubles, setTroubles] = useState<FieldError[]>([]);

  const begin = (from: Version<PolicyDraft>) => {
    form.begin(from);
    setTroubles([]);
    forgetMerge();
  };
  const saveMutation = useSavePolicy((now) => {
    begin(versionOf(now));
    confirm("The policy is saved.");
  });
  const mergeNewest = async () => {
    const { data } = await refetch();
    if (data) mergeWith(versionOf(data));
  };
  const submit = () => {
    const { policy, troubles: found } = policyOf(draft);
    setTroubles(found);
    saveMutation.reset();
    if (found.length > 0) return;
    saveMutation.mutate(
      { policy, version: start.version ?? 0 },
      { onError: (error) => void (isOvertaken(error) && mergeNewest()) },
    );
  };

  const errors = [...troubles, ...fieldErrors(saveMutation.error).map(ofPolicy)];
  // Moves the focus to the first invalid field, which may be out of view.
  useEffect(() => {
    if (troubles.length > 0 || saveMutation.error) box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [troubles, saveMutation.error, box]);

  const isOvertakenNow = isOvertaken(saveMutation.error);
  return {
    draft,
    change,
    errors: {
      at: (pointer: string) => textOf(errors.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))),
      of: (pointer: string) => textOf(errors.filter((one) => one.pointer === pointer)),
    } satisfies Errors,
    troubles,
    /** What the API said of the policy as a whole; what belongs to a field is shown there. */
    error: isOvertakenNow ? null : saveMutation.error,
    isShown: (error: FieldError) => PLACES.test(ofPolicy(error).pointer),
    merge,
    /** Merges the version that was saved elsewhere; null where there is none. */
    load: newer && !saveMutation.isPending ? () => mergeWith(newer) : null,
    isDirty,
    isSaving: saveMutation.isPending,
    isDefault: start.version === 0,
    submit,
    omitted: form.omitted,
    discard: () => {
      saveMutation.reset();
      begin(versionOf(saved));
    },
  };
}

/** Where the form shows errors, and of everything below. */
const PLACES = /^\/(time_zone|working_hours|holidays|direct_for_min|ai|priorities\/\w+|clients)(\/|$)/;

const isOvertaken = (error: Error | null) => error instanceof Problem && error.code === "invalid_state";

const textOf = (errors: FieldError[]) => [...new Set(errors.map(({ detail }) => detail))].join(" ") || null;

/** Some errors name the place in the body, others the place in the policy. */
const ofPolicy = ({ pointer, detail }: FieldError): FieldError => ({ pointer: pointer.replace(/^\/policy(?=\/|$)/, ""), detail });
