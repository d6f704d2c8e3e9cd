import { Textarea, TextInput } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useCorrectSession } from "@/features/sessions/api/corrections";
import { TicketFields } from "@/features/sessions/new-session/ticket-fields";
import type { Session } from "@/shared/api/types";
import { useFormDraft } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { LIMITS, tooLong } from "@/shared/ui/limits";

interface Props {
  session: Session;
  opened: boolean;
  onClose: () => void;
}

/** Corrects summary, domain and ticket of a session. */
export function EditSessionDialog({ session, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Edit session">
      {opened && <EditForm session={session} onClose={onClose} />}
    </Dialog>
  );
}

const draftOf = (session: Session) => ({
  summary: session.problem_summary,
  domain: session.problem_domain ?? "",
  ticket: session.psa_ticket_id ?? "",
  system: session.integration_id ?? "",
});

function EditForm({ session, onClose }: Omit<Props, "opened">) {
  const saved = { version: null, draft: draftOf(session) };
  const { draft, change, omitted, discard } = useFormDraft({ name: `edit-session.${session.id}`, saved });
  const correctMutation = useCorrectSession(session.id, () => {
    confirm("Saved.");
    onClose();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const ticket = draft.ticket.trim().replace(/^#/, "") || null;
    const system = ticket === null || draft.system === "" ? {} : { integration_id: draft.system };
    correctMutation.mutate({
      problem_summary: draft.summary.trim(),
      problem_domain: draft.domain.trim() || null,
      ...(ticket === session.psa_ticket_id && (system.integration_id ?? null) === session.integration_id
        ? {}
        : { psa_ticket_id: ticket, ...system }),
      epoch: session.epoch,
    });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      <KeptNote omitted={omitted} onDiscard={discard} />
      <p>The conversation keeps what the session said before. A wrong ticket gets a note about it.</p>
      <Textarea
        label="Problem"
        value={draft.summary}
        onChange={(event) => change({ summary: event.currentTarget.value })}
        error={tooLong(draft.summary, LIMITS.paragraph)}
        autosize
        minRows={3}
        maxRows={10}
        required
        data-autofocus
      />
      <TextInput label="Domain" value={draft.domain} onChange={(event) => change({ domain: event.currentTarget.value })} />
      <TicketFields draft={draft} onChange={change} shown />
      <DialogButtons
        label="Save"
        onCancel={onClose}
        submission={correctMutation}
        isDisabled={draft.summary.trim() === ""}
      />
    </form>
  );
}
