import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";

import { useTicketSystems } from "@/features/sessions/api/queries";

import { TicketLookUp } from "./ticket-look-up";

/** How long the number has to stand before the ticket is looked up. */
const LOOK_UP_AFTER_MS = 400;

export interface TicketDraft {
  ticket: string;
  system: string;
}

interface Props {
  draft: TicketDraft;
  onChange: (change: Partial<TicketDraft>) => void;
  shown: boolean;
}

/** The ticket's number and, if the account has several ticket systems, the one it is in. */
export function TicketFields({ draft, onChange, shown }: Props) {
  const systems = useTicketSystems(shown).data ?? [];
  const [ticket] = useDebouncedValue(draft.ticket.trim().replace(/^#/, ""), LOOK_UP_AFTER_MS);
  const system = systems.length === 1 ? systems[0] : systems.find(({ id }) => id === draft.system);
  const choices = systems.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextInput
        label="Ticket"
        description="Its number in your ticket system."
        value={draft.ticket}
        onChange={(event) => onChange({ ticket: event.currentTarget.value })}
      />
      {choices.length > 1 && (
        <NativeSelect
          label="Ticket system"
          description="Where the ticket is. FlowPilot writes notes on it and follows its changes."
          value={draft.system}
          onChange={(event) => onChange({ system: event.currentTarget.value })}
          data={[{ value: "", label: "Choose one" }, ...choices]}
          required={draft.ticket.trim() !== ""}
        />
      )}
      {shown && system && ticket !== "" && <TicketLookUp system={system} ticket={ticket} />}
    </>
  );
}
