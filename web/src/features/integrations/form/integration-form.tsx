import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useEffect, useRef } from "react";

import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import type { Integration } from "@/shared/api/types";
import { FormPart } from "@/shared/ui/form-part";
import parts from "@/shared/ui/form-parts.module.css";
import buttons from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { NewerVersionNote } from "@/shared/ui/newer-version-note";

import { NEW, versionOf } from "./integration-draft";
import { IntegrationFields } from "./integration-fields";
import { KindChoice } from "./kind-choice";
import { SaveProblem } from "./save-problem";
import { SecretFields } from "./secret-fields";
import { ClosedStatusesField, TicketMappingFields } from "./ticket-mapping-fields";
import { useIntegrationForm } from "./use-integration-form";

interface Props {
  id: string;
  /** The saved integration; absent for a new one. */
  integration?: Integration;
  onSaved: (integration: Integration) => void;
  onCancel: () => void;
  /** Called with whether there are changes that are not saved. */
  onDirtyChange: (isDirty: boolean) => void;
}

const NONE_SET = {};

/** The settings of one integration. */
export function IntegrationForm({ id, integration, onSaved, onCancel, onDirtyChange }: Props) {
  const box = useRef<HTMLFormElement>(null);
  const form = useIntegrationForm(id, integration ? versionOf(integration) : NEW, box, onSaved);
  const { draft, change, errorAt, isDirty, saveMutation } = form;
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    form.submit();
  };

  return (
    <form ref={box} onSubmit={submit} className={parts.form} autoComplete="off">
      <KeptNote omitted={form.omitted} onDiscard={form.discard} />
      <FormPart title="Connection">
        {!integration && (
          <KindChoice value={draft.kind} onChange={(kind) => change({ kind, settings: {}, secrets: {}, removed: [] })} />
        )}
        <TextInput
          label="Name"
          description="What your people call it."
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={errorAt("/name")}
          required
        />
        <IntegrationFields form={form} />
      </FormPart>
      <FormPart title="Secrets" words="Kept apart from everything else. They are never shown again, not even to you.">
        <SecretFields form={form} setAt={integration?.secrets_set_at ?? NONE_SET} />
      </FormPart>
      {PSA_KINDS[draft.kind].address !== null && (
        <FormPart title="On the ticket" words="Notes are always written. What is left empty here stays as it is on the ticket.">
          <TicketMappingFields form={form} savedId={integration?.id ?? null} />
        </FormPart>
      )}
      <FormPart title="Closing">
        <ClosedStatusesField form={form} />
      </FormPart>
      {form.load && !saveMutation.isError && <NewerVersionNote onLoad={form.load}>Loading it replaces what you changed here.</NewerVersionNote>}
      {saveMutation.isError && <SaveProblem error={saveMutation.error} isShown={form.isShown} onReload={integration && (() => void form.loadNewest())} />}
      <div className={buttons.buttons}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={saveMutation.isPending} disabled={!form.isReady}>
          {integration ? "Save" : "Add"}
        </Button>
      </div>
    </form>
  );
}
