import type { SubmitEvent } from "react";

import { useReopen } from "@/features/sessions/api/mutations";
import { useTicketSessions } from "@/features/sessions/api/queries";
import { SameTicket } from "@/features/sessions/same-ticket";
import type { Session } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { marksOf } from "@/shared/redaction/marks";
import { type MarkedText, MarkedTextarea } from "@/shared/redaction/marked-textarea";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";

const BLANK: MarkedText = { text: "", marked: [] };

interface Props {
  session: Pick<Session, "id" | "epoch" | "integration_id" | "psa_ticket_id">;
  opened: boolean;
  onClose: () => void;
}

/** Reopens a resolved session with a reason. The reader becomes its holder, and sees before who else works on its ticket. */
export function ReopenDialog({ session, opened, onClose }: Props) {
  const { integration_id: system, psa_ticket_id: ticket } = session;
  const others = useTicketSessions(system ?? "", ticket ?? "", opened && system !== null && ticket !== null).data ?? [];
  const [draft, setDraft, clearDraft] = useDraft(`reopen.${session.id}`, BLANK);
  const reopenMutation = useReopen(session.id, () => {
    clearDraft();
    confirm("Reopened. The session is yours.");
    onClose();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = draft.text.trim();
    reopenMutation.mutate({ reason, epoch: session.epoch, ...marksOf(draft.marked, reason) });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Reopen the session">
      <form onSubmit={submit} className={form.form}>
        <p>You work on it again, with everything that was tried. The others of the session are notified.</p>
        {others.map((other) => (
          <SameTicket key={other.id} session={other} />
        ))}
        <MarkedTextarea label="What came back?" value={draft} onChange={setDraft} required />
        <DialogButtons
          label="Reopen"
          onCancel={onClose}
          submission={reopenMutation}
          isDisabled={draft.text.trim() === ""}
        />
      </form>
    </Dialog>
  );
}
