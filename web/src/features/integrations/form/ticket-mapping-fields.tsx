import { Textarea, TextInput } from "@mantine/core";

import { ownersTrouble } from "./owners-text";
import type { FormPart } from "./use-integration-form";

/** The ticket mapping: statuses and owner ids of the ticket system. What is left empty is not changed on tickets. */
export function TicketMappingFields({ form }: { form: FormPart }) {
  const { draft, change, errorAt } = form;
  return (
    <>
      <TextInput
        label="Status when somebody picks up"
        value={draft.statusOnClaim}
        onChange={(event) => change({ statusOnClaim: event.currentTarget.value })}
        error={errorAt("/ticket_mapping/status_on_claim")}
      />
      <TextInput
        label="Status when it is resolved"
        value={draft.statusOnResolve}
        onChange={(event) => change({ statusOnResolve: event.currentTarget.value })}
        error={errorAt("/ticket_mapping/status_on_resolve")}
      />
      <Textarea
        label="Owners"
        description="Who is who over there, one on each line, as in: jane@acme.example = 12"
        value={draft.owners}
        onChange={(event) => change({ owners: event.currentTarget.value })}
        error={ownersTrouble(draft.owners) ?? errorAt("/ticket_mapping/owner_ids")}
        autosize
        minRows={3}
        maxRows={12}
      />
    </>
  );
}
