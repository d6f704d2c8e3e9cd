import { Autocomplete, Select, Textarea } from "@mantine/core";

import { useMappingChoices } from "@/features/integrations/api/queries";
import type { MappingChoices } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";

import { linesOf } from "./integration-draft";
import { ownersTrouble, withOwner } from "./owners-text";
import { unknownOwners, unknownStatuses } from "./unknown-choices";
import type { FormPart } from "./use-integration-form";

const NO_CHOICES: MappingChoices = { statuses: [], owners: [] };

/** The ticket mapping, chosen from the ticket system's own lists. What is left empty is not changed on tickets. */
export function TicketMappingFields({ form, savedId }: { form: FormPart; savedId: string | null }) {
  const { draft, change, errorAt } = form;
  const { data: choices = NO_CHOICES, error } = useMappingChoices(savedId);
  const names = choices.statuses.map(({ name }) => name);
  const people = choices.owners.filter(({ email }) => email !== null);
  return (
    <>
      {error && <ProblemNote error={error} action="Its statuses and people cannot be listed now; type them as they are called there." />}
      <Autocomplete
        label="Status when somebody picks up"
        value={draft.statusOnClaim}
        onChange={(statusOnClaim) => change({ statusOnClaim })}
        data={names}
        error={errorAt("/ticket_mapping/status_on_claim")}
      />
      <Autocomplete
        label="Status when it is resolved"
        value={draft.statusOnResolve}
        onChange={(statusOnResolve) => change({ statusOnResolve })}
        data={names}
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
      {people.length > 0 && (
        <Select
          label="Add an owner"
          placeholder="Choose somebody"
          searchable
          value={null}
          data={people.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          onChange={(id) => {
            const chosen = people.find((person) => person.id === id);
            if (chosen?.email) change({ owners: withOwner(draft.owners, chosen.email, chosen.id) });
          }}
        />
      )}
      <Unknown
        what="status"
        values={unknownStatuses([draft.statusOnClaim, draft.statusOnResolve, ...linesOf(draft.closedStatuses)], choices)}
      />
      <Unknown what="owner" values={unknownOwners(draft.owners, choices)} />
    </>
  );
}

/** Statuses that close a ticket beside those that the ticket system marks so. */
export function ClosedStatusesField({ form: { draft, change, errorAt } }: { form: FormPart }) {
  return (
    <Textarea
      label="Closed statuses"
      description="Statuses that close a ticket, beside those that the ticket system marks so; one on each line."
      value={draft.closedStatuses}
      onChange={(event) => change({ closedStatuses: event.currentTarget.value })}
      error={errorAt("/ticket_mapping/closed_statuses")}
      autosize
      minRows={2}
      maxRows={12}
    />
  );
}

function Unknown({ what, values }: { what: string; values: string[] }) {
  if (values.length === 0) return null;
  return (
    <p role="alert">
      {values.map((value) => `“${value}”`).join(", ")} {values.length === 1 ? `is no ${what}` : `are no ${what} values`} of the
      ticket system any more. Choose another.
    </p>
  );
}
