import { Autocomplete, Textarea } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { useOpenSession } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import { TicketFields } from "./ticket-fields";

const BLANK = { summary: "", domain: "", ticket: "", system: "" };
const DOMAINS = ["Backup", "Cloud", "E-mail", "Endpoint", "Identity", "Network", "Printing", "Security", "Server"];

interface Props {
  opened: boolean;
  onClose: () => void;
  onCreated: (session: Session) => void;
}

/** Opens a session from a problem summary and, optionally, a ticket. */
export function NewSessionDialog({ opened, onClose, onCreated }: Props) {
  const [draft, setDraft, clearDraft] = useDraft("new-session", BLANK);
  const [created, setCreated] = useState(false);
  const [wasOpened, setWasOpened] = useState(opened);
  if (opened !== wasOpened) {
    setWasOpened(opened);
    if (opened) setCreated(false);
  }
  const openMutation = useOpenSession((session) => {
    clearDraft();
    setCreated(true);
    onCreated(session);
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const ticket = draft.ticket.trim().replace(/^#/, "") || null;
    const body = {
      problem_summary: draft.summary.trim(),
      problem_domain: draft.domain.trim() || null,
      psa_ticket_id: ticket,
      integration_id: ticket !== null && draft.system !== "" ? draft.system : null,
    };
    openMutation.mutate(body);
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="New session" returnsFocus={!created}>
      <form onSubmit={submit} className={form.form}>
        <Textarea
          label="What is the problem?"
          description="One or two sentences: who is affected, what fails, since when."
          value={draft.summary}
          onChange={(event) => setDraft({ summary: event.currentTarget.value })}
          error={tooLong(draft.summary, LIMITS.paragraph)}
          autosize
          minRows={3}
          maxRows={10}
          required
          data-autofocus
        />
        <Autocomplete
          label="Domain"
          value={draft.domain}
          onChange={(domain) => setDraft({ domain })}
          data={DOMAINS}
          comboboxProps={{ withinPortal: true }}
        />
        <TicketFields draft={draft} onChange={setDraft} shown={opened} />
        <DialogButtons
          label="Start session"
          onCancel={onClose}
          submission={openMutation}
          isDisabled={draft.summary.trim() === ""}
        />
      </form>
    </Dialog>
  );
}
